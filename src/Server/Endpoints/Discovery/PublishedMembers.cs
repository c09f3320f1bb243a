using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>
/// The part of the metadata document that describes registration, derived from the member table: RFC 8414 section 2, OpenID Connect
/// Discovery section 3, and the members of other specifications. Supported values replace those of the deployment's document. What
/// registration does not accept is removed from it.
/// </summary>
internal static class PublishedMembers
{
    /// <summary>Comes from the deployment's document only.</summary>
    private const string DpopAlgorithms = "dpop_signing_alg_values_supported";

    private static readonly MetadataMember[] Rows = [.. MetadataMembers.All.Where(member => member.Published is not null)];

    /// <param name="policy">What may be registered.</param>
    /// <param name="document">The deployment's document, which is changed.</param>
    public static void Apply(RegistrationPolicy policy, JsonObject document)
    {
        foreach (var member in Rows)
        {
            if (policy.Supports(member) && Supported(member, policy) is { } supported)
            {
                document[member.Published!] = supported;
            }
            else
            {
                document.Remove(member.Published!);
            }
        }

        if (!policy.Supports(ExtensionMembers.DpopBoundAccessTokens))
        {
            document.Remove(DpopAlgorithms);
        }
    }

    /// <summary>
    /// What the deployment's document advertises and registration would silently ignore, with the setting that declares it. A choice that
    /// is refused is no such case: its client is told.
    /// </summary>
    public static IEnumerable<IgnoredMember> IgnoredBy(RegistrationPolicy policy, JsonObject document) =>
        from member in Rows
        where member.Unsupported != Unsupported.Refuse && !policy.Supports(member) && IsAdvertised(document[member.Published!])
        let setting = SettingOf(member)
        where setting is not null
        select new IgnoredMember(member.Published!, setting, member.Feature ?? TextOf(document[member.Published!]));

    /// <summary>The setting that declares the member; <see langword="null"/> if a grant or an authentication method brings it.</summary>
    private static string? SettingOf(MetadataMember member) => member.Capability switch
    {
        Capability.ListedValues => CapabilityList.All.Single(list => list.Member == member).Setting,
        Capability.Feature => nameof(CapabilityOptions.Features),
        Capability.BackchannelUserCode => nameof(CapabilityOptions.BackchannelUserCode),
        Capability.PairwiseSubjects => nameof(CapabilityOptions.SubjectTypes),
        Capability.Always or Capability.ClientAssertions or Capability.ClientCertificates or Capability.Backchannel => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whatever is there counts, also of a wrong type; false and nothing advertise nothing.</summary>
    private static bool IsAdvertised(JsonNode? value) => value switch
    {
        null or JsonArray { Count: 0 } => false,
        JsonValue text when text.TryGetValue<string>(out var word) => word.Length > 0,
        JsonNode other => other.GetValueKind() != JsonValueKind.False,
    };

    private static string TextOf(JsonNode? value) => value switch
    {
        JsonArray values => string.Join(
            ' ', values.Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>())),
        JsonValue text when text.TryGetValue<string>(out var word) => word,
        null or JsonNode => "true",
    };

    /// <summary>
    /// True, or each value of a list; <see langword="null"/> for an empty list, which is left out (RFC 8414 section 3.2).
    /// </summary>
    private static JsonNode? Supported(MetadataMember member, RegistrationPolicy policy) => policy.ValuesOf(member) is not { } values ? true
        : values.InOrder.Count == 0 ? null
        : new JsonArray([.. values.InOrder.Select(value => JsonValue.Create(value))]);
}

/// <summary>A published member that registration would ignore.</summary>
/// <param name="Name">The member of the metadata document.</param>
/// <param name="Setting">The key in the section <c>Capabilities</c> that declares it.</param>
/// <param name="Value">What the setting needs.</param>
internal sealed record IgnoredMember(string Name, string Setting, string Value);
