namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>What the claims of an issuer mean.</summary>
/// <param name="RoleClaim">The claim with the roles; dots lead into JSON objects.</param>
/// <param name="NameClaim">The claim with the name of the actor; empty for <c>sub</c>, or else <c>client_id</c>.</param>
/// <param name="Roles">Some of <see cref="Security.Roles"/>, by the value of the claim.</param>
internal sealed record ClaimMeanings(string RoleClaim, string NameClaim, ILookup<string, string> Roles);
