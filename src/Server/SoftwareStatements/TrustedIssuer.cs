using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// An issuer of software statements, read once from <see cref="SoftwareStatementIssuerOptions"/> that passed their validator.
/// </summary>
internal sealed class TrustedIssuer(SoftwareStatementIssuerOptions options, IIssuerKeys keys)
{
    private readonly AllowedValues _allowedSoftware = new(WordList.Words(options.AllowedSoftware), StringComparer.Ordinal);
    private readonly AllowedValues _deniedSoftware = new(WordList.Words(options.DeniedSoftware), StringComparer.Ordinal);

    private readonly RegistrationConstraints _constraints = new()
    {
        Scopes = Bound(options.Scopes),
        GrantTypes = Bound(options.GrantTypes) is { } grants ? [.. grants.Select(GrantTypes.Canonical).Distinct()] : null,
        RedirectHosts = Bound(options.RedirectHosts),
        AutomaticApproval = options.AutomaticApproval,
        Owner = options.Owner.Length > 0 ? options.Owner : null,
    };

    /// <summary>The <c>iss</c> of its statements.</summary>
    public string Name { get; } = options.Issuer;

    public IIssuerKeys Keys { get; } = keys;

    public AllowedValues Algorithms { get; } = new(WordList.Words(options.Algorithms), StringComparer.Ordinal);

    public IReadOnlyList<string> RequiredClaims { get; } = WordList.Words(options.RequiredClaims);

    public ClaimNames ClaimNames { get; } = ClaimNames.Read(options.ClaimNames);

    /// <summary>Zero: no limit.</summary>
    public TimeSpan MaxAge { get; } = TimeSpan.FromSeconds(options.MaxAgeSeconds);

    public bool OneUse { get; } = options.OneUse;

    public SoftwareStatementIssuerTerms Terms { get; } = new(
        options.RedirectUris, WordList.Words(options.RefusedMembers), WordList.Words(options.RequiredMembers));

    /// <summary>Whether the software is approved to register (RFC 7591 section 3.2.2, <c>unapproved_software_statement</c>).</summary>
    public bool Approves(string? softwareId) => softwareId is null
        ? _allowedSoftware.InOrder.Count == 0
        : !_deniedSoftware.Contains(softwareId) && (_allowedSoftware.InOrder.Count == 0 || _allowedSoftware.Contains(softwareId));

    /// <summary>The constraints of a client with this software: an update cannot change its <c>software_id</c>.</summary>
    public RegistrationConstraints ConstraintsOf(string? softwareId) =>
        _constraints with { SoftwareId = softwareId is { Length: > 0 } ? softwareId : null };

    private static string[]? Bound(string list) => WordList.Words(list) is { Length: > 0 } words ? words : null;
}
