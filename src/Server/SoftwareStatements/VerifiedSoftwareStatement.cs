using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>A software statement that was found genuine.</summary>
/// <param name="Text">The statement, byte for byte as it was sent (RFC 7591 section 3.2.1).</param>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Claims">
/// The metadata it states. To be laid over a request by <see cref="SoftwareStatementMerge"/>, and validated like any.
/// </param>
/// <param name="Constraints">The most that a client of this statement may hold.</param>
/// <param name="Use">That it is used up, where its issuer allows it one use; otherwise <see langword="null"/>.</param>
/// <param name="Terms">What its issuer leaves to the request.</param>
internal sealed record VerifiedSoftwareStatement(
    string Text, string Issuer, ClaimedMetadata Claims, RegistrationConstraints Constraints, OneTimeUse? Use,
    SoftwareStatementIssuerTerms Terms);
