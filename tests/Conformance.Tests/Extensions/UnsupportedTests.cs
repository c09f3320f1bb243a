using System.Net;
using System.Text.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Extensions;

/// <summary>A server that does not have a protection does not let a client believe that it has.</summary>
public sealed class UnsupportedTests(OpenServer shared) : IClassFixture<OpenServer>
{
    [Theory]
    [InlineData("dpop_bound_access_tokens", "true")]
    [InlineData("tls_client_certificate_bound_access_tokens", "true")]
    [InlineData("require_pushed_authorization_requests", "true")]
    [InlineData("require_signed_request_object", "true")]
    [InlineData("use_mtls_endpoint_aliases", "true")]
    [InlineData("id_token_encrypted_response_alg", "\"RSA-OAEP\"")]
    [InlineData("request_object_signing_alg", "\"ES256\"")]
    [InlineData("subject_type", "\"pairwise\"")]
    [InlineData("claims_redirect_uris", "[\"https://client.example/claims\"]")]
    [InlineData("frontchannel_logout_uri", "\"https://client.example/out\"")]
    [InlineData("backchannel_logout_uri", "\"https://client.example/out\"")]
    [Requirement("EXT-01")]
    public async Task Refuses_the_member_or_leaves_it_out(string member, string value)
    {
        var answer = await shared.Server.RegisterAsync(Bodies.With($"\"{member}\":{value}"));

        if (answer.Status == HttpStatusCode.Created)
        {
            Assert.True(!answer.Json.TryGetProperty(member, out var shown) || shown.ValueKind == JsonValueKind.False, answer.Body);
        }
        else
        {
            answer.IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, member);
        }
    }
}
