using System.Text.Json.Nodes;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Tests.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Endpoints.Discovery;

/// <summary>8414-2-04: the metadata document and registration say the same of what other specifications define.</summary>
public sealed class PublishedCapabilitiesTests
{
    /// <summary>A deployment's document that has every list and flag there is.</summary>
    private static readonly JsonObject Everything = new(CapabilityList.All
        .Select(list => KeyValuePair.Create<string, JsonNode?>(list.Member.Published!, new JsonArray("theirs")))
        .Concat(
        [
            KeyValuePair.Create<string, JsonNode?>("tls_client_certificate_bound_access_tokens", true),
            KeyValuePair.Create<string, JsonNode?>("dpop_signing_alg_values_supported", new JsonArray("ES256")),
            KeyValuePair.Create<string, JsonNode?>("backchannel_user_code_parameter_supported", true),
            KeyValuePair.Create<string, JsonNode?>("frontchannel_logout_supported", false),
            KeyValuePair.Create<string, JsonNode?>("pushed_authorization_request_endpoint", "https://as.example/par"),
        ]));

    [Fact]
    public void Declared_values_replace_those_of_the_deployments_document()
    {
        var document = Published(Policies.Full, Everything);
        Assert.All(CapabilityList.All, list => Assert.Equal(
            Policies.Full.Capabilities.Of(list.Member).InOrder, document[list.Member.Published!]!.AsArray()
                .Select(value => (string)value!)));
        Assert.True((bool)document["tls_client_certificate_bound_access_tokens"]!);
        Assert.True((bool)document["frontchannel_logout_supported"]!);
        Assert.True((bool)document["frontchannel_logout_session_supported"]!);
        Assert.True((bool)document["backchannel_logout_supported"]!);
        Assert.True((bool)document["backchannel_logout_session_supported"]!);
        Assert.True((bool)document["request_uri_parameter_supported"]!);
        Assert.True((bool)document["backchannel_user_code_parameter_supported"]!);
        Assert.Equal("[\"ES256\"]", document["dpop_signing_alg_values_supported"]!.ToJsonString());
    }

    [Fact]
    public void What_registration_does_not_accept_is_taken_out_and_the_rest_stays() => Assert.Equal(
        ["pushed_authorization_request_endpoint"], Published(Policies.Compat, Everything).Select(member => member.Key));

    /// <summary>
    /// Whatever the deployment's document advertises and registration does not support: clients that choose it are told, or the start asks
    /// for the setting.
    /// </summary>
    [Theory]
    [MemberData(nameof(UnsupportedMembers))]
    public void What_registration_would_ignore_needs_a_setting(string name)
    {
        var member = MetadataMembers.All.Single(m => m.Name == name);
        JsonNode advertised = member.Capability == Capability.ListedValues ? new JsonArray("theirs", "other") : true;

        var ignored = PublishedMembers.IgnoredBy(Policies.Compat, new JsonObject { [member.Published!] = advertised }).ToArray();

        if (member.Unsupported == Unsupported.Refuse || OfRefusedChoices.Contains(member))
        {
            Assert.Empty(ignored);
            return;
        }

        Assert.Equal((member.Published, member.Feature ?? "theirs other"), (Assert.Single(ignored).Name, ignored[0].Value));
        Assert.NotNull(typeof(CapabilityOptions).GetProperty(ignored[0].Setting));
        Assert.Empty(PublishedMembers.IgnoredBy(Policies.Full, new JsonObject { [member.Published!] = advertised.DeepClone() }));
    }

    public static TheoryData<string> UnsupportedMembers => new(MetadataMembers.All
        .Where(member => member.Published is not null && !Policies.Compat.Supports(member)).Select(member => member.Name));

    /// <summary>Ignored if not supported, because the method or grant that needs them is refused.</summary>
    private static readonly MetadataMember[] OfRefusedChoices =
        [ExtensionMembers.TokenEndpointAuthSigningAlg, ExtensionMembers.BackchannelTokenDeliveryMode];

    [Fact]
    public void A_plain_server_publishes_nothing_of_this() => Assert.Empty(Published(Policies.Compat, []));

    [Fact]
    public void Assertion_algorithms_go_with_a_method_that_has_assertions()
    {
        Assert.Equal(
            """{"token_endpoint_auth_signing_alg_values_supported":["RS256","PS256","ES256","EdDSA"]}""",
            Published(Policies.KeyMethod, []).ToJsonString());
    }

    /// <summary>Each published value registers, and one that is not published does not.</summary>
    [Theory]
    [InlineData("id_token_signed_response_alg", "id_token_signing_alg_values_supported", "XX1")]
    [InlineData("userinfo_signed_response_alg", "userinfo_signing_alg_values_supported", "XX1")]
    [InlineData("introspection_signed_response_alg", "introspection_signing_alg_values_supported", "none")]
    [InlineData("authorization_signed_response_alg", "authorization_signing_alg_values_supported", "none")]
    [InlineData("request_object_encryption_alg", "request_object_encryption_alg_values_supported", "A128GCM")]
    [InlineData("subject_type", "subject_types_supported", "shared")]
    public void Each_published_value_registers(string member, string published, string other)
    {
        var document = Published(Policies.Full, []);
        Assert.All(
            document[published]!.AsArray(),
            value => Assert.Equal((string)value!, Registered(member, (string)value!).JsonOf(member).Trim('"')));
        Assert.DoesNotContain(document[published]!.AsArray(), value => (string)value! == other);
        Assert.Equal("invalid_client_metadata", Register(member, other).Error);
    }

    private static ClientMetadata Registered(string member, string value)
    {
        var result = Register(member, value);
        Assert.Equal((RuleTables.Accepted, ""), (result.Error, result.Description));
        return result.Registered;
    }

    private static Registering Register(string member, string value) => Registering.Document(
        $$"""{"redirect_uris":["https://client.example/cb"],"{{member}}":"{{value}}"}""", Policies.Full);

    /// <summary>The metadata document without what it says of RFC 7591.</summary>
    private static JsonObject Published(RegistrationPolicy policy, JsonObject known)
    {
        var document = new MetadataDocument(
            RegistrationPolicies.Same(policy), new AdmissionOptions(), new Origin(), new BaseDocument(known.DeepClone().AsObject()));
        var members = JsonNode.Parse(document.Bytes(isClosed: false).Span)!.AsObject();
        foreach (var name in Core)
        {
            members.Remove(name);
        }

        return members;
    }

    private static readonly string[] Core =
        ["issuer", "scopes_supported", "response_types_supported", "grant_types_supported", "token_endpoint_auth_methods_supported"];

    private sealed class Origin : IPublicOrigin
    {
        public string Value => "https://as.example";
    }
}
