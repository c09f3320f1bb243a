using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Registration.Statements;

/// <summary>An issuer of software statements, read once from <see cref="StatementIssuerOptions"/> that passed their validator.</summary>
internal sealed class TrustedIssuer(StatementIssuerOptions options, IIssuerKeys keys)
{
    private readonly AllowedValues allowedSoftware = new(RegistrationPolicy.Words(options.AllowedSoftware), StringComparer.Ordinal);
    private readonly AllowedValues deniedSoftware = new(RegistrationPolicy.Words(options.DeniedSoftware), StringComparer.Ordinal);

    private readonly Ceiling ceiling = new()
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

    public AllowedValues Algorithms { get; } = new(RegistrationPolicy.Words(options.Algorithms), StringComparer.Ordinal);

    public IReadOnlyList<string> RequiredClaims { get; } = RegistrationPolicy.Words(options.RequiredClaims);

    public ClaimNames ClaimNames { get; } = ClaimNames.Read(options.ClaimNames);

    /// <summary>Zero: not asked.</summary>
    public TimeSpan MaxAge { get; } = TimeSpan.FromSeconds(options.MaxAgeSeconds);

    public bool OneUse { get; } = options.OneUse;

    public StatementTerms Terms { get; } = new(
        options.RedirectUris, RegistrationPolicy.Words(options.RefusedMembers), RegistrationPolicy.Words(options.RequiredMembers));

    /// <summary>Whether this service lets the software register (RFC 7591 section 3.2.2, <c>unapproved_software_statement</c>).</summary>
    public bool Approves(string? softwareId) => softwareId is null
        ? allowedSoftware.InOrder.Count == 0
        : !deniedSoftware.Contains(softwareId) && (allowedSoftware.InOrder.Count == 0 || allowedSoftware.Contains(softwareId));

    /// <summary>The ceiling of a client whose statement names this software: no update makes another product of it.</summary>
    public Ceiling CeilingOf(string? softwareId) => ceiling with { SoftwareId = softwareId is { Length: > 0 } ? softwareId : null };

    private static string[]? Bound(string list) => RegistrationPolicy.Words(list) is { Length: > 0 } words ? words : null;
}
