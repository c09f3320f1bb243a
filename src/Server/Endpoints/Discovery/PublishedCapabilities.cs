using System.Text.Json.Nodes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Members;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>
/// The part of the metadata document that says what registration takes beyond RFC 7591: RFC 8414 section 2, OpenID Connect Discovery
/// section 3, and the members that other specifications registered. What <c>Capabilities</c> declares replaces what the deployment's
/// document says. What it does not declare is taken out of that document where registration refuses it, and left there otherwise.
/// </summary>
internal static class PublishedCapabilities
{
    /// <summary>What is true where a feature is declared.</summary>
    private static readonly (string Feature, string Published)[] Flags =
    [
        (Features.MtlsBoundTokens, "tls_client_certificate_bound_access_tokens"),
        (Features.FrontchannelLogout, "frontchannel_logout_supported"),
        (Features.FrontchannelLogout, "frontchannel_logout_session_supported"),
        (Features.BackchannelLogout, "backchannel_logout_supported"),
        (Features.BackchannelLogout, "backchannel_logout_session_supported"),
        (Features.RequestUri, "request_uri_parameter_supported"),
    ];

    /// <summary>Lists whose member is ignored where it is not supported, because the method or grant that it is about is refused.</summary>
    private static readonly string[] OfRefusedChoices =
        [ExtensionMembers.TokenEndpointAuthSigningAlg, ExtensionMembers.BackchannelTokenDeliveryMode];

    /// <param name="policy">What may be registered.</param>
    /// <param name="document">The deployment's document, which is changed.</param>
    public static void Apply(RegistrationPolicy policy, JsonObject document)
    {
        foreach (var list in CapabilityList.All)
        {
            ApplyList(list, policy, document);
        }

        foreach (var (feature, published) in Flags)
        {
            if (policy.Capabilities.Have(feature))
            {
                document[published] = true;
            }
        }

        // A client cannot be bound to what these speak of.
        Keep("tls_client_certificate_bound_access_tokens", policy.Capabilities.Have(Features.MtlsBoundTokens), document);
        Keep("dpop_signing_alg_values_supported", policy.Capabilities.Have(Features.Dpop), document);
        Keep("backchannel_user_code_parameter_supported", policy.Capabilities.BackchannelUserCode, document);
        if (policy.Capabilities.BackchannelUserCode)
        {
            document["backchannel_user_code_parameter_supported"] = true;
        }
    }

    /// <summary>Each value of a list as an array.</summary>
    public static JsonArray Values(AllowedValues values) => [.. values.InOrder.Select(value => JsonValue.Create(value))];

    private static void ApplyList(CapabilityList list, RegistrationPolicy policy, JsonObject document)
    {
        var row = ExtensionTable.Rows[list.Member];
        if (row.IsSupported(policy))
        {
            document[list.Published] = Values(policy.Capabilities.Of(list.Member));
        }
        else
        {
            Keep(list.Published, row.Otherwise == Unsupported.Ignored && !OfRefusedChoices.Contains(list.Member), document);
        }
    }

    private static void Keep(string published, bool isKept, JsonObject document)
    {
        if (!isKept)
        {
            document.Remove(published);
        }
    }
}
