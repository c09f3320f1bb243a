using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;
using GrpcDcr.Server.Validation.Members;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation.Members;

/// <summary>EXT-01: what becomes of members that the authorization server does not support, one by one.</summary>
public sealed class ExtensionTableTests
{
    public static TheoryData<string> Members { get; } = [.. ExtensionMembers.Kinds.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Has_a_row_for_every_member() =>
        Assert.Equal(ExtensionMembers.Kinds.Keys.Order(StringComparer.Ordinal), ExtensionTable.Rows.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_list_of_capabilities_is_for_a_member_that_it_supports() => Assert.All(CapabilityList.All, list =>
        Assert.True(ExtensionTable.Rows[list.Member].IsSupported(Policies.Full), list.Member));

    [Theory]
    [MemberData(nameof(Members))]
    public void A_plain_server_registers_none_of_them(string member)
    {
        var asked = Client with { Extensions = new Dictionary<string, JsonElement> { [member] = ValueFor(member) } };
        var judgement = MetadataRules.Validate(asked, Policies.Compat);
        if (ExtensionTable.Rows[member].Otherwise == Unsupported.Refused && ExtensionTable.Rows[member].Concerns(judgement.Registered))
        {
            Assert.Contains(judgement.Violations, violation => violation.Member == member);
        }
        else
        {
            Assert.Empty(judgement.Violations);
            Assert.Empty(judgement.Registered.Extensions);
        }
    }

    [Fact]
    public void Protection_is_refused_and_the_rest_ignored() => Assert.Equal(
        [
            "authorization_encrypted_response_alg", "authorization_encrypted_response_enc", "authorization_signed_response_alg",
            "backchannel_authentication_request_signing_alg", "backchannel_user_code_parameter", "dpop_bound_access_tokens",
            "id_token_encrypted_response_alg", "id_token_encrypted_response_enc", "introspection_encrypted_response_alg",
            "introspection_encrypted_response_enc", "introspection_signed_response_alg", "nfv_token_encrypted_response_alg",
            "nfv_token_encrypted_response_enc", "nfv_token_signed_response_alg", "request_object_encryption_alg", "request_object_encryption_enc",
            "request_object_signing_alg", "require_pushed_authorization_requests", "require_signed_request_object",
            "tls_client_certificate_bound_access_tokens", "userinfo_encrypted_response_alg", "userinfo_encrypted_response_enc",
            "userinfo_signed_response_alg",
        ],
        ExtensionTable.Rows.Values.Where(row => row.Otherwise == Unsupported.Refused).Select(row => row.Member).Order(StringComparer.Ordinal));

    [Fact]
    public void What_nobody_defined_is_ignored()
    {
        var asked = Client with { Extensions = new Dictionary<string, JsonElement> { ["x"] = JsonElement.Parse("[1]"), ["jwks#en"] = JsonElement.Parse("1") } };
        var judgement = MetadataRules.Validate(asked, Policies.Full);
        Assert.Empty(judgement.Violations);
        Assert.DoesNotContain(judgement.Registered.Extensions.Keys, name => name is "x" or "jwks#en");
    }

    private static ClientMetadata Client { get; } = new() { RedirectUris = ["https://client.example/cb"] };

    private static JsonElement ValueFor(string member) => JsonElement.Parse(ExtensionMembers.Kinds[member] switch
    {
        MemberKind.Text => "\"x\"",
        MemberKind.Texts => "[\"x\"]",
        MemberKind.Flag => "true",
        MemberKind.Number => "1",
        _ => "{\"x\":{}}",
    });
}
