namespace GrpcDcr.Server.Registration.Policy;

/// <summary>What may be registered, read once from <see cref="RegistrationOptions"/> that passed their validator.</summary>
/// <param name="options">The options.</param>
/// <param name="capabilities">What the authorization server supports beyond RFC 6749; <see langword="null"/> for nothing.</param>
internal sealed class RegistrationPolicy(RegistrationOptions options, Capabilities? capabilities = null)
{
    private readonly AllowedValues privateUseSchemes = new(Words(options.PrivateUseSchemes), StringComparer.OrdinalIgnoreCase);

    public AllowedValues Scopes { get; } = new(Words(options.AllowedScopes), StringComparer.Ordinal);

    /// <summary>What a client gets that asks for no scope; <see langword="null"/> means none.</summary>
    public string? DefaultScope { get; } = Words(options.DefaultScope) is { Length: > 0 } words ? string.Join(' ', words.Distinct()) : null;

    public AllowedValues GrantTypes { get; } = new(Words(options.GrantTypes).Select(Model.GrantTypes.Canonical), StringComparer.Ordinal);

    public AllowedValues ResponseTypes { get; } = new(Entries(options.ResponseTypes).Select(Model.ResponseTypes.Canonical), StringComparer.Ordinal);

    public AllowedValues AuthMethods { get; } = new(Words(options.TokenEndpointAuthMethods), StringComparer.Ordinal);

    /// <summary>What a client gets that names no method.</summary>
    public string DefaultAuthMethod { get; } = DefaultMethod(Words(options.TokenEndpointAuthMethods));

    public ApprovalMode Approval { get; } = options.Approval;

    /// <inheritdoc cref="RegistrationOptions.Compatibility"/>
    public bool Compatibility { get; } = options.Compatibility;

    public bool AllowUnlistedPrivateUseSchemes { get; } = options.AllowUnlistedPrivateUseSchemes ?? options.Compatibility;

    public bool RefuseResponseParameters { get; } = options.RefuseResponseParametersInRedirectUris;

    /// <inheritdoc cref="RegistrationOptions.RedirectUriKinds"/>
    public AllowedValues RedirectUriKinds { get; } = new(Words(options.RedirectUriKinds), StringComparer.Ordinal);

    /// <inheritdoc cref="RegistrationOptions.DisplayUrisShareHost"/>
    public bool DisplayUrisShareHost { get; } = options.DisplayUrisShareHost;

    /// <inheritdoc cref="RegistrationOptions.SeparateGrants"/>
    public bool SeparateGrants { get; } = options.SeparateGrants;

    /// <inheritdoc cref="RegistrationOptions.RequiredMembers"/>
    public IReadOnlyList<string> RequiredMembers { get; } = Words(options.RequiredMembers);

    /// <inheritdoc cref="RegistrationOptions.CheckJwksUri"/>
    public bool CheckJwksUri { get; } = options.CheckJwksUri;

    /// <inheritdoc cref="RegistrationOptions.ExtensionMembers"/>
    public AllowedValues ExtensionMembers { get; } = new(Words(options.ExtensionMembers), StringComparer.Ordinal);

    public Capabilities Capabilities { get; } = capabilities ?? Capabilities.None;

    public RegistrationLimits Limits { get; } = new(options);

    /// <summary>Whether a scheme without a dot is on the list; schemes compare without case (RFC 3986 section 3.1).</summary>
    public bool ListsPrivateUseScheme(ReadOnlySpan<char> scheme) => privateUseSchemes.Contains(scheme);

    /// <summary>The values of a list that has spaces between them.</summary>
    internal static string[] Words(string? list) =>
        (list ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The values of a list that has commas between them.</summary>
    internal static string[] Entries(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string DefaultMethod(string[] methods) =>
        methods.Length == 0 || methods.Contains(Model.AuthMethods.ClientSecretBasic) ? Model.AuthMethods.ClientSecretBasic : methods[0];
}
