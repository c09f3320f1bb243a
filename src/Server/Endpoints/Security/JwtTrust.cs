namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Whose JWTs authenticate administrators and authorization servers (RFC 9068), and what their claims mean.</summary>
/// <param name="Issuer">The issuer that the metadata document must name; <see langword="null"/> for whichever it names.</param>
/// <param name="MetadataAddress">The URL of its metadata document (RFC 8414, OpenID Connect Discovery).</param>
/// <param name="Audience">What <c>aud</c> must have.</param>
/// <param name="RoleClaim">The claim with the roles; dots lead into JSON objects.</param>
/// <param name="NameClaim">The claim with the name of the actor; empty for <c>sub</c>, or else <c>client_id</c>.</param>
/// <param name="Types">The allowed values of <c>typ</c>.</param>
/// <param name="ClockSkew">How far the clock of the issuer may differ.</param>
/// <param name="Roles">Some of <see cref="Security.Roles"/>, by the value of the claim.</param>
internal sealed record JwtTrust(
    string? Issuer,
    string MetadataAddress,
    string Audience,
    string RoleClaim,
    string NameClaim,
    IReadOnlyList<string> Types,
    TimeSpan ClockSkew,
    ILookup<string, string> Roles)
{
    /// <summary>For messages.</summary>
    public string Name => Issuer ?? MetadataAddress;

    public ClaimMeanings Meanings => new(RoleClaim, NameClaim, Roles);
}
