namespace GrpcDcr.Server.Model;

/// <summary>The members of RFC 7591, and <c>application_type</c>, which every client has.</summary>
internal static partial class CoreMembers
{
    private const string Section = "RFC 7591 section 2";
    private const string OpenIdSection = "OpenID Connect Registration 1.0 section 2";
    private const string StatementSection = "RFC 7591 section 2.3";

    public static MetadataMember RedirectUris { get; } = new("redirect_uris", 1, MemberKind.Texts, Section, OnUpdate.WidensIfAdded)
    {
        Parts = MemberParts.Targets,
    };
    public static MetadataMember TokenEndpointAuthMethod { get; } = new(
        "token_endpoint_auth_method", 2, MemberKind.Text, Section, OnUpdate.WidensIfRemoved)
    {
        Unsupported = Unsupported.Refuse, Default = MemberDefault.Computed, Published = "token_endpoint_auth_methods_supported",
    };
    public static MetadataMember GrantTypes { get; } = new("grant_types", 3, MemberKind.Texts, Section, OnUpdate.WidensIfAdded)
    {
        Unsupported = Unsupported.Narrow, Default = MemberDefault.Computed, Published = "grant_types_supported",
    };
    public static MetadataMember ResponseTypes { get; } = new("response_types", 4, MemberKind.Texts, Section, OnUpdate.WidensIfAdded)
    {
        Unsupported = Unsupported.Refuse, Default = MemberDefault.Computed, Published = "response_types_supported",
    };
    public static MetadataMember ClientName { get; } = new("client_name", 5, MemberKind.Text, Section, OnUpdate.WidensIfChanged)
    {
        IsLocalizable = true,
    };
    public static MetadataMember ClientUri { get; } = new("client_uri", 6, MemberKind.Text, Section, OnUpdate.WidensIfAdded)
    {
        Parts = MemberParts.Targets, IsLocalizable = true,
    };
    public static MetadataMember LogoUri { get; } = new("logo_uri", 7, MemberKind.Text, Section, OnUpdate.WidensIfChanged)
    {
        IsLocalizable = true,
    };
    public static MetadataMember Scope { get; } = new("scope", 8, MemberKind.Text, Section, OnUpdate.WidensIfAdded)
    {
        Parts = MemberParts.Words, Unsupported = Unsupported.Refuse, Default = MemberDefault.Computed, Published = "scopes_supported",
    };
    public static MetadataMember Contacts { get; } = new("contacts", 9, MemberKind.Texts, Section, OnUpdate.Harmless)
    {
        IsPersonal = true, IsAudited = false,
    };
    public static MetadataMember TosUri { get; } = new("tos_uri", 10, MemberKind.Text, Section, OnUpdate.WidensIfAdded)
    {
        Parts = MemberParts.Targets, IsLocalizable = true,
    };
    public static MetadataMember PolicyUri { get; } = new("policy_uri", 11, MemberKind.Text, Section, OnUpdate.WidensIfAdded)
    {
        Parts = MemberParts.Targets, IsLocalizable = true,
    };
    public static MetadataMember JwksUri { get; } = new("jwks_uri", 12, MemberKind.Text, Section, OnUpdate.WidensIfChanged);
    public static MetadataMember Jwks { get; } = new("jwks", 13, MemberKind.Object, Section, OnUpdate.WidensIfChanged)
    {
        IsAudited = false,
    };
    public static MetadataMember SoftwareId { get; } = new("software_id", 14, MemberKind.Text, Section, OnUpdate.WidensIfChanged);
    public static MetadataMember SoftwareVersion { get; } = new("software_version", 15, MemberKind.Text, Section, OnUpdate.Harmless);
    public static MetadataMember ApplicationType { get; } = new(
        "application_type", 16, MemberKind.Text, OpenIdSection, OnUpdate.WidensIfChanged) { Default = MemberDefault.Computed };
    public static MetadataMember SoftwareStatement { get; } = new(
        "software_statement", 18, MemberKind.Text, StatementSection, OnUpdate.Harmless) { IsAudited = false };
}
