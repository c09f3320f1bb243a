using static GrpcDcr.Server.Model.MemberDefault;
using static GrpcDcr.Server.Model.MemberKind;
using static GrpcDcr.Server.Model.MemberParts;
using static GrpcDcr.Server.Model.OnUpdate;
using static GrpcDcr.Server.Model.Unsupported;

namespace GrpcDcr.Server.Model;

/// <summary>The members of RFC 7591, and <c>application_type</c>.</summary>
internal static partial class CoreMembers
{
    private const string Section = "RFC 7591 section 2";
    private const string OpenIdSection = "OpenID Connect Registration 1.0 section 2";
    private const string StatementSection = "RFC 7591 section 2.3";

    public static MetadataMember RedirectUris { get; } = new("redirect_uris", 1, Texts, Section, WidensIfAdded, parts: Targets);
    public static MetadataMember TokenEndpointAuthMethod { get; } = new(
        "token_endpoint_auth_method", 2, Text, Section, WidensIfWeaker, unsupported: Refuse, byDefault: Computed,
        choices: "token_endpoint_auth_methods_supported");
    public static MetadataMember GrantTypes { get; } = new(
        "grant_types", 3, Texts, Section, WidensIfAdded, unsupported: Narrow, byDefault: Computed, published: "grant_types_supported");
    public static MetadataMember ResponseTypes { get; } = new(
        "response_types", 4, Texts, Section, WidensIfAdded, unsupported: Narrow, byDefault: Computed,
        published: "response_types_supported");
    public static MetadataMember ClientName { get; } = new("client_name", 5, Text, Section, WidensIfChanged, isLocalizable: true);
    public static MetadataMember ClientUri { get; } = new("client_uri", 6, Text, Section, WidensIfAdded, parts: Pages, isLocalizable: true);
    public static MetadataMember LogoUri { get; } = new("logo_uri", 7, Text, Section, WidensIfChanged, isLocalizable: true);
    public static MetadataMember Scope { get; } = new(
        "scope", 8, Text, Section, WidensIfAdded, parts: Words, unsupported: Narrow, byDefault: Computed, published: "scopes_supported");
    public static MetadataMember Contacts { get; } = new("contacts", 9, Texts, Section, Harmless, isPersonal: true, isAudited: false);
    public static MetadataMember TosUri { get; } = new("tos_uri", 10, Text, Section, WidensIfAdded, parts: Pages, isLocalizable: true);
    public static MetadataMember PolicyUri { get; } = new(
        "policy_uri", 11, Text, Section, WidensIfAdded, parts: Pages, isLocalizable: true);
    public static MetadataMember JwksUri { get; } = new("jwks_uri", 12, Text, Section, WidensIfChanged);
    public static MetadataMember Jwks { get; } = new("jwks", 13, Json, Section, WidensIfChanged, isAudited: false);
    public static MetadataMember SoftwareId { get; } = new("software_id", 14, Text, Section, WidensIfChanged);
    public static MetadataMember SoftwareVersion { get; } = new("software_version", 15, Text, Section, Harmless);
    public static MetadataMember ApplicationType { get; } = new(
        "application_type", 16, Text, OpenIdSection, WidensIfChanged, byDefault: Computed);
    public static MetadataMember SoftwareStatement { get; } = new(
        "software_statement", 18, Text, StatementSection, Harmless, isAudited: false);
}
