using System.Text.Json.Nodes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>
/// The part of the metadata document that says what registration takes, by the member table: RFC 8414 section 2, OpenID Connect Discovery
/// section 3, and the members that other specifications registered. What is supported replaces what the deployment's document says. What is
/// not is taken out of that document where registration refuses it, and left there otherwise.
/// </summary>
internal static class PublishedMembers
{
    /// <summary>Said by the deployment alone: a client cannot be bound to it where the server does not support the member.</summary>
    private const string DpopAlgorithms = "dpop_signing_alg_values_supported";

    private static readonly MetadataMember[] Rows = [.. MetadataMembers.All.Where(member => member.Published is not null)];

    /// <summary>Ignored where they are not supported, because the method or grant that they are about is refused.</summary>
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
