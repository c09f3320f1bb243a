using System.Text.Json.Nodes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>
/// The part of the metadata document that describes registration, derived from the member table: RFC 8414 section 2, OpenID Connect
/// Discovery section 3, and the members of other specifications. Supported values replace those of the deployment's document. Members that
/// registration refuses are removed from it; all others stay.
/// </summary>
internal static class PublishedMembers
{
    /// <summary>Comes from the deployment's document only.</summary>
    private const string DpopAlgorithms = "dpop_signing_alg_values_supported";

    private static readonly MetadataMember[] Rows = [.. MetadataMembers.All.Where(member => member.Published is not null)];

    /// <summary>Ignored if not supported, because the method or grant that needs them is refused.</summary>
    private static readonly MetadataMember[] OfRefusedChoices =
        [ExtensionMembers.TokenEndpointAuthSigningAlg, ExtensionMembers.BackchannelTokenDeliveryMode];

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
            else if (member is { Unsupported: Unsupported.Refuse } or { Capability: Capability.Always }
                || OfRefusedChoices.Contains(member))
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
    /// True, or each value of a list; <see langword="null"/> for an empty list, which is left out (RFC 8414 section 3.2).
    /// </summary>
    private static JsonNode? Supported(MetadataMember member, RegistrationPolicy policy) => policy.ValuesOf(member) is not { } values ? true
        : values.InOrder.Count == 0 ? null
        : new JsonArray([.. values.InOrder.Select(value => JsonValue.Create(value))]);
}
