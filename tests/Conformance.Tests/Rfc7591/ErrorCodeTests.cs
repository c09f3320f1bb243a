using System.Net;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 3.2.2: which error stands for which mistake.</summary>
public sealed class ErrorCodeTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("invalid_redirect_uri", """{"redirect_uris":["javascript:alert(1)"],"client_uri":"javascript:alert(1)"}""")]
    [InlineData("invalid_redirect_uri", """{"redirect_uris":[1],"client_name":1}""")]
    [InlineData("invalid_redirect_uri", """{"client_name":1,"redirect_uris":"x"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://a.example/"],"client_uri":"javascript:x","scope":"no such"}""")]
    [Requirement("7591-3.2.2-01")]
    [Requirement("7591-3.2.2-03")]
    public async Task Names_redirect_uris_when_they_are_among_the_problems(string error, string body)
    {
        var first = await _server.RefusedAsync(error, body);
        var second = await _server.RefusedAsync(error, body);

        Assert.Equal(first.Body, second.Body);
    }

    [Theory]
    [InlineData("[{}]")]
    [InlineData("null")]
    [InlineData("{\"redirect_uris\":[\"https://a.example/\"],\"redirect_uris\":[\"https://b.example/\"]}")]
    [InlineData("{\"redirect_uris\":[\"https://a.example/\"],\"scope\":[\"a\"]}")]
    [Requirement("7591-3.2.2-03")]
    public Task Calls_a_bad_document_invalid_client_metadata(string body) => _server.RefusedAsync("invalid_client_metadata", body);

    [Fact]
    [Requirement("7591-3.2.2-03")]
    public async Task Calls_other_media_types_and_sizes_by_their_status()
    {
        await _server.RefusedAsync("invalid_request", HttpStatusCode.UnsupportedMediaType, Bodies.Content("{}"u8.ToArray(), "text/plain"));
        await _server.RefusedAsync("invalid_request", HttpStatusCode.RequestEntityTooLarge, Bodies.Json(new string(' ', 100_000)));
    }

    [Fact]
    [Requirement("7591-3.2.2-03")]
    public async Task Tells_grpc_callers_the_same_with_every_violation()
    {
        var before = await _server.CountClientsAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.Registration().RegisterClientAsync(new()
        {
            Metadata = new() { RedirectUris = { "http://client.example/cb" }, ClientUri = "javascript:x", Scope = "nonsense" },
        }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        var status = refusal.GetRpcStatus()!;
        Assert.Equal("INVALID_REDIRECT_URI", status.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal("invalid_redirect_uri", status.GetDetail<ErrorInfo>()!.Metadata["oauth_error"]);
        var members = status.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
        Assert.Equal(["metadata.client_uri", "metadata.redirect_uris[0]", "metadata.scope"], members.Order(StringComparer.Ordinal));
        Assert.Equal(before, await _server.CountClientsAsync());
    }

    [Fact]
    [Requirement("7591-2-16")]
    public async Task Refuses_keys_over_grpc_that_are_no_json()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 30).Concat(Enumerable.Repeat("]", 30)));
        foreach (
            var jwks in new[] { "", "[]", "x", "{\"keys\":[NaN]}", "{\"keys\":[]", "{\"keys\":[],\"keys\":[]}", $"{{\"keys\":{deep}}}" })
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.Registration().RegisterClientAsync(
                new() { Metadata = new() { RedirectUris = { "https://client.example/cb" }, Jwks = jwks } }));

            Assert.True(refusal.StatusCode == StatusCode.InvalidArgument, $"{jwks}: {refusal.Status}");
            Assert.Equal("INVALID_CLIENT_METADATA", refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        }
    }
}
