using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Registration.Statements;

/// <summary>A software statement that was found genuine.</summary>
/// <param name="Text">The statement, byte for byte as it was sent (RFC 7591 section 3.2.1).</param>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Claims">The metadata it states. To be laid over a request by <see cref="StatementMerge"/>, and judged like any.</param>
/// <param name="Ceiling">The most that a client of this statement may hold.</param>
/// <param name="Use">That it is used up, where its issuer allows it one use; otherwise <see langword="null"/>.</param>
/// <param name="Terms">What its issuer leaves to the request.</param>
internal sealed record VerifiedStatement(
    string Text, string Issuer, ClaimedMetadata Claims, Ceiling Ceiling, StatementUse? Use, StatementTerms Terms);
