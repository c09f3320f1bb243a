using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Policy.Names;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy;

/// <summary>
/// What may be registered, read once from <see cref="RegistrationOptions"/> and <see cref="CapabilityOptions"/> that passed their
/// validators.
/// </summary>
internal sealed record RegistrationPolicy
{
    /// <summary>How long a rejected client waits before it may submit itself again.</summary>
    public static readonly TimeSpan ResubmissionPause = TimeSpan.FromDays(1);

    private readonly AllowedValues _privateUseSchemes;
    private readonly RegistrationOptions _options;

    /// <param name="options">The options.</param>
    /// <param name="capabilities">What the authorization server supports beyond RFC 6749; <see langword="null"/> for nothing.</param>
    public RegistrationPolicy(RegistrationOptions options, Capabilities? capabilities = null)
    {
        _options = options;
        _privateUseSchemes = new(WordList.Words(options.PrivateUseSchemes), StringComparer.OrdinalIgnoreCase);
        Scopes = new(WordList.Words(options.AllowedScopes), StringComparer.Ordinal);
        RefuseUnsupportedScopes = options.RefuseUnsupportedScopes;
        DefaultScope = WordList.Words(options.DefaultScope) is { Length: > 0 } words ? string.Join(' ', words.Distinct()) : null;
        GrantTypes = new(WordList.Words(options.GrantTypes).Select(Model.GrantTypes.Canonical), StringComparer.Ordinal);
        ResponseTypes = new(WordList.Entries(options.ResponseTypes).Select(Model.ResponseTypes.Canonical), StringComparer.Ordinal);
        AuthMethods = new(WordList.Words(options.TokenEndpointAuthMethods), StringComparer.Ordinal);
        DefaultAuthMethod = DefaultMethod(WordList.Words(options.TokenEndpointAuthMethods));
        Approval = options.Approval;
        ApprovalsNeeded = options.ApprovalsNeeded;
        Compatibility = options.Compatibility;
        AllowUnlistedPrivateUseSchemes = options.AllowUnlistedPrivateUseSchemes ?? options.Compatibility;
        RefuseResponseParameters = options.RefuseResponseParametersInRedirectUris;
        SoftwareStatementRequired = options.SoftwareStatementRequired;
        Management = WordList.Words(options.Management).Aggregate(
            ManagementActs.None, (acts, word) => acts | Enum.Parse<ManagementActs>(word, ignoreCase: true));
        TokenRotation = options.RegistrationAccessTokenRotation;
        TokenGrace = options.RegistrationAccessTokenGrace;
        SecretLifetime = options.SecretLifetime;
        SecretRotation = options.SecretRotation;
        SecretOverlap = options.SecretOverlap;
        WideningUpdates = options.WideningUpdates;
        RedirectPathsNeedApproval = options.RedirectPathsNeedApproval;
        RejectedClientsMayResubmit = options.RejectedClientsMayResubmit;
        UnapprovedLifetime = options.UnapprovedLifetime;
        RedirectUriKinds = new(WordList.Words(options.RedirectUriKinds), StringComparer.Ordinal);
        DisplayUrisShareHost = options.DisplayUrisShareHost;
        SeparateGrants = options.SeparateGrants;
        RequiredMembers = WordList.Words(options.RequiredMembers);
        CheckJwksUri = options.CheckJwksUri;
        ExtensionMembers = new(WordList.Words(options.ExtensionMembers), StringComparer.Ordinal);
        Capabilities = capabilities ?? Capabilities.None;
        RedirectBounds = RedirectTargets.Parse(WordList.Words(options.RedirectHosts), []) is { IsEmpty: false } bound ? [bound] : [];
        DeniedRedirects = RedirectTargets.Parse(WordList.Words(options.DeniedRedirectHosts), []);
        ReservedNames = ReservedNames.Parse(options.ReservedClientNames, []);
        Limits = new(options);
    }

    public AllowedValues Scopes { get; private init; }

    /// <inheritdoc cref="RegistrationOptions.RefuseUnsupportedScopes"/>
    public bool RefuseUnsupportedScopes { get; }

    /// <summary>The scope of a client that does not ask for one; <see langword="null"/> means none.</summary>
    public string? DefaultScope { get; private init; }

    public AllowedValues GrantTypes { get; private init; }

    public AllowedValues ResponseTypes { get; }

    public AllowedValues AuthMethods { get; }

    /// <summary>The method of a client that does not name one.</summary>
    public string DefaultAuthMethod { get; }

    public ApprovalMode Approval { get; private init; }

    /// <inheritdoc cref="RegistrationOptions.ApprovalsNeeded"/>
    public int ApprovalsNeeded { get; }

    /// <inheritdoc cref="RegistrationOptions.Compatibility"/>
    public bool Compatibility { get; }

    public bool AllowUnlistedPrivateUseSchemes { get; }

    public bool RefuseResponseParameters { get; }

    public bool SoftwareStatementRequired { get; }

    public ManagementActs Management { get; }

    public RegistrationAccessTokenRotation TokenRotation { get; }

    /// <inheritdoc cref="RegistrationOptions.RegistrationAccessTokenGrace"/>
    public TimeSpan TokenGrace { get; }

    /// <summary><see langword="null"/> for secrets that do not expire.</summary>
    public TimeSpan? SecretLifetime { get; }

    public SecretRotation SecretRotation { get; }

    /// <inheritdoc cref="RegistrationOptions.SecretOverlap"/>
    public TimeSpan SecretOverlap { get; }

    public WideningUpdates WideningUpdates { get; }

    /// <inheritdoc cref="RegistrationOptions.RedirectPathsNeedApproval"/>
    public bool RedirectPathsNeedApproval { get; }

    /// <inheritdoc cref="RegistrationOptions.RejectedClientsMayResubmit"/>
    public bool RejectedClientsMayResubmit { get; }

    /// <summary>How long a client may not update its registration; <see langword="null"/> until an administrator acts.</summary>
    /// <returns>Zero or less if it may.</returns>
    public TimeSpan? UpdateWaitOf(RegisteredClient client, DateTimeOffset now) =>
        client.MayUpdate ? TimeSpan.Zero
        : RejectedClientsMayResubmit && client.State == ClientState.Rejected ? client.UpdatedAt + ResubmissionPause - now
        : null;

    /// <inheritdoc cref="RegistrationOptions.UnapprovedLifetime"/>
    public TimeSpan UnapprovedLifetime { get; }

    /// <inheritdoc cref="RegistrationOptions.RedirectUriKinds"/>
    public AllowedValues RedirectUriKinds { get; }

    /// <inheritdoc cref="RegistrationOptions.DisplayUrisShareHost"/>
    public bool DisplayUrisShareHost { get; }

    /// <inheritdoc cref="RegistrationOptions.SeparateGrants"/>
    public bool SeparateGrants { get; }

    /// <inheritdoc cref="RegistrationOptions.RequiredMembers"/>
    public IReadOnlyList<string> RequiredMembers { get; }

    /// <inheritdoc cref="RegistrationOptions.CheckJwksUri"/>
    public bool CheckJwksUri { get; }

    /// <inheritdoc cref="RegistrationOptions.ExtensionMembers"/>
    public AllowedValues ExtensionMembers { get; }

    public Capabilities Capabilities { get; }

    /// <summary>Every redirect URI must be allowed by each of them; empty if all targets are allowed.</summary>
    public IReadOnlyList<RedirectTargets> RedirectBounds { get; private init; }

    /// <summary>Denied targets of redirect URIs.</summary>
    public RedirectTargets DeniedRedirects { get; }

    public ReservedNames ReservedNames { get; }

    /// <summary>The only allowed <c>software_id</c>; <see langword="null"/> for no restriction.</summary>
    public string? SoftwareId { get; private init; }

    public RegistrationLimits Limits { get; }

    /// <summary>What it was read from, for people; constraints are not in it.</summary>
    public IReadOnlyList<PolicySetting> Settings => PolicySetting.Of(_options);

    /// <summary>Whether a scheme without a dot is on the list; schemes compare without case (RFC 3986 section 3.1).</summary>
    public bool ListsPrivateUseScheme(ReadOnlySpan<char> scheme) => _privateUseSchemes.Contains(scheme);

    /// <summary>The same policy, narrowed by constraints.</summary>
    public RegistrationPolicy Within(RegistrationConstraints? constraints)
    {
        if (constraints is null)
        {
            return this;
        }

        var scopes = constraints.Scopes is { } allowed ? Scopes.Within(allowed) : Scopes;
        return this with
        {
            Scopes = scopes,
            DefaultScope = DefaultWithin(scopes),
            GrantTypes = constraints.GrantTypes is { } grants ? GrantTypes.Within(grants) : GrantTypes,
            RedirectBounds = constraints.RedirectHosts is { } hosts
                ? [.. RedirectBounds, RedirectTargets.Parse(hosts, [])]
                : RedirectBounds,
            SoftwareId = constraints.SoftwareId,
            Approval = constraints.AutomaticApproval ? ApprovalMode.Automatic : Approval,
        };
    }

    /// <summary>What constraints leave of the default scope; where that is nothing, the whole scope that they allow.</summary>
    private string? DefaultWithin(AllowedValues scopes) =>
        DefaultScope is null || scopes.InOrder.Count == 0 ? null
        : string.Join(' ', DefaultScope.Split(' ').Where(scopes.Contains).DefaultIfEmpty(string.Join(' ', scopes.InOrder)));

    private static string DefaultMethod(string[] methods) =>
        methods.Length == 0 || methods.Contains(Model.AuthMethods.ClientSecretBasic) ? Model.AuthMethods.ClientSecretBasic : methods[0];
}
