namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>What the request may or must contain in addition to the statement, see <see cref="SoftwareStatementIssuerOptions"/>.</summary>
/// <param name="RedirectUris">Which <c>redirect_uris</c> are registered.</param>
/// <param name="RefusedMembers">Members that the request may not choose.</param>
/// <param name="RequiredMembers">Members that the request must have.</param>
internal sealed record SoftwareStatementIssuerTerms(
    RedirectUriPrecedence RedirectUris, IReadOnlyList<string> RefusedMembers, IReadOnlyList<string> RequiredMembers);
