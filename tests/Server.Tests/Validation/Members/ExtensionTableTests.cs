using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation.Members;

/// <summary>EXT-01: what becomes of members that the authorization server does not support, one by one.</summary>
public sealed class ExtensionTableTests
{
    public static TheoryData<string> Members { get; } = [.. SampleMembers.Extensions.Select(member => member.Name)];

    [Fact]
    public void Every_list_of_capabilities_is_for_a_member_that_it_supports() => Assert.All(CapabilityList.All, list =>
        Assert.True(Policies.Full.Supports(list.Member), list.Member));

    [Theory]
    [MemberData(nameof(Members))]
    public void A_plain_server_registers_none_of_them(string member)
    {
        var row = MetadataMembers.Find(member)!;
        var result = MetadataRules.Validate(Client.Stating(member, ValueFor(row.Kind)), Policies.Compat);
        if (row is { Unsupported: Unsupported.Refuse, Concerned: ClientsConcerned.All })
        {
            Assert.Contains(result.Violations, violation => violation.Member == member);
        }
        else
        {
            Assert.Empty(result.Violations);
            Assert.Empty(SampleMembers.ExtensionsOf(result.Registered));
        }
    }

    [Fact]
    public void Protection_is_refused_and_the_rest_ignored() => Assert.Equal(
        [
            "authorization_encrypted_response_alg", "authorization_encrypted_response_enc", "authorization_signed_response_alg",
            "backchannel_authentication_request_signing_alg", "backchannel_user_code_parameter", "dpop_bound_access_tokens",
            "id_token_encrypted_response_alg", "id_token_encrypted_response_enc", "introspection_encrypted_response_alg",
            "introspection_encrypted_response_enc", "introspection_signed_response_alg", "nfv_token_encrypted_response_alg",
            "nfv_token_encrypted_response_enc", "nfv_token_signed_response_alg", "request_object_encryption_alg",
            "request_object_encryption_enc",
            "request_object_signing_alg", "require_pushed_authorization_requests", "require_signed_request_object",
            "tls_client_certificate_bound_access_tokens", "userinfo_encrypted_response_alg", "userinfo_encrypted_response_enc",
            "userinfo_signed_response_alg",
        ],
        SampleMembers.Extensions.Where(row => row.Unsupported == Unsupported.Refuse).Select(row => row.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_nobody_defined_is_ignored()
    {
        var asked = Client.Stating("x", "[1]").Stating("jwks#en", "1");
        var result = MetadataRules.Validate(asked, Policies.Full);
        Assert.Empty(result.Violations);
        Assert.DoesNotContain(result.Registered.Extensions.Keys, name => name is "x" or "jwks#en");
    }

    private static ClientMetadata Client { get; } = new() { RedirectUris = ["https://client.example/cb"] };

    private static JsonElement ValueFor(MemberKind kind) => JsonElement.Parse(kind switch
    {
        MemberKind.Text => "\"x\"",
        MemberKind.Texts => "[\"x\"]",
        MemberKind.Flag => "true",
        MemberKind.Number => "1",
        _ => "{\"x\":{}}",
    });
}
