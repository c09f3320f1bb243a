using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>A verified software statement.</summary>
/// <param name="Text">The statement, byte for byte as it was sent (RFC 7591 section 3.2.1).</param>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Claims">
/// The metadata in it, to be merged into a request by <see cref="SoftwareStatementMerge"/>, and then validated.
/// </param>
/// <param name="Constraints">The constraints of a client of this statement.</param>
/// <param name="Use">Its one-time use, if its issuer allows only one; otherwise <see langword="null"/>.</param>
/// <param name="Terms">What the request may or must contain.</param>
internal sealed record VerifiedSoftwareStatement(
    string Text, string Issuer, ClaimedMetadata Claims, RegistrationConstraints Constraints, OneTimeUse? Use,
    SoftwareStatementIssuerTerms Terms)
{
    /// <summary>
    /// Whether it could register another client now. Otherwise it admits updates of the client that registered with it, and approves none.
    /// </summary>
    public bool IsCurrent { get; init; } = true;
}
