using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.NativeApps;

/// <summary>Matching at authorization time: RFC 9700 section 2.1, RFC 8252 section 7.3.</summary>
public sealed class CheckRedirectUriTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("M-01", "https://client.example/cb", "https://client.example/cb")]
    [InlineData("M-04", "http://127.0.0.1/cb", "http://127.0.0.1:51004/cb")]
    [InlineData("M-05", "http://127.0.0.1:3000/cb", "http://127.0.0.1:4000/cb")]
    [InlineData("M-05", "http://127.0.0.1:3000/cb", "http://127.0.0.1/cb")]
    [InlineData("M-06", "http://[::1]/cb", "http://[::1]:61023/cb")]
    [InlineData("M-07", "http://localhost/cb", "http://localhost:3118/cb")]
    [InlineData("8252-7.3-01", "http://127.0.0.1/cb?a=1", "http://127.0.0.1:51004/cb?a=1")]
    public async Task Allows(string requirement, string registered, string requested)
    {
        var id = await ActiveAsync(registered);

        var answer = await _server.Directory().CheckRedirectUriAsync(new() { ClientId = id, RedirectUri = requested });

        Assert.True(answer.Allowed, requirement);
        Assert.Equal(requested, answer.RedirectUri);
    }

    [Theory]
    [InlineData("M-02", "https://client.example/cb", "https://client.example/cb/ https://client.example/CB https://client.example/cb?x https://client.example/cb#f https://client.example:443/cb https://CLIENT.example/cb https://client.example/%63b")]
    [InlineData("M-03", "https://client.example/cb?a=1", "https://client.example/cb?a=1&b=2 https://client.example/cb?a=2 https://client.example/cb")]
    [InlineData("M-08", "http://127.0.0.1/cb", "http://localhost/cb http://[::1]/cb http://127.0.0.2/cb")]
    [InlineData("M-09", "http://127.0.0.1/cb", "http://127.0.0.1:1/cb/x http://127.0.0.1:1/cb?x=1 https://127.0.0.1/cb http://127.0.0.1:1@evil.example/cb http://127.0.0.1:/cb http://127.0.0.1:99999/cb http://127.0.0.1:+1/cb http://127.0.0.1:01/cb")]
    [InlineData("8252-8.4-02", "http://127.0.0.1/cb", "http://127.0.0.1:1/other http://127.0.0.1:1/ http://127.0.0.1:1/CB")]
    [InlineData("8252-8.4-02", "com.example.app:/cb", "com.example.app:/cb/x com.example.app:/ com.example.app:cb")]
    [InlineData("M-10", "http://127.0.0.1", "http://127.0.0.1:33418/")]
    [InlineData("M-11", "https://client.example/cb", "https://client.example:8443/cb")]
    [InlineData("M-12", "cursor://a/b", "cursor://a/b?x CURSOR://a/b cursor:/a/b")]
    [InlineData("9700-2.1-01", "https://client.example/cb", "https://client.example/cb%20 https://client.example.evil.example/cb https://evil.example/cb")]
    public async Task Allows_nothing_else(string requirement, string registered, string requested)
    {
        var id = await ActiveAsync(registered);

        foreach (var uri in requested.Split(' ').Append("").Append(registered + " ").Append(registered + "\n"))
        {
            var answer = await _server.Directory().CheckRedirectUriAsync(new() { ClientId = id, RedirectUri = uri });
            Assert.False(answer.Allowed, $"{requirement}: {uri}");
            Assert.Empty(answer.RedirectUri);
        }
    }

    [Fact]
    [Requirement("M-13")]
    public async Task Chooses_the_only_one_when_none_is_requested()
    {
        var one = await ActiveAsync("https://client.example/cb");
        var two = await ActiveAsync("https://client.example/cb", "https://client.example/other");

        var chosen = await _server.Directory().CheckRedirectUriAsync(new() { ClientId = one });
        var undecided = await _server.Directory().CheckRedirectUriAsync(new() { ClientId = two });

        Assert.Equal((true, "https://client.example/cb"), (chosen.Allowed, chosen.RedirectUri));
        Assert.Equal((false, ""), (undecided.Allowed, undecided.RedirectUri));
    }

    [Theory]
    [InlineData(ClientState.Pending)]
    [InlineData(ClientState.Suspended)]
    [InlineData(ClientState.Rejected)]
    [Requirement("MCP-0618-02")]
    public async Task Allows_nothing_to_a_client_that_is_not_active(ClientState state)
    {
        var id = await _server.ClientInAsync(state);

        var answer = await _server.Directory().CheckRedirectUriAsync(new() { ClientId = id, RedirectUri = "https://client.example/cb" });

        Assert.False(answer.Allowed);
    }

    [Fact]
    public async Task Knows_no_client_it_was_not_told_of()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.Directory().CheckRedirectUriAsync(
            new() { ClientId = "0190b6a4-0000-7000-8000-000000000000", RedirectUri = "https://client.example/cb" }));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    private Task<string> ActiveAsync(params string[] uris) =>
        _server.ClientInAsync(ClientState.Active, Bodies.Redirecting(string.Join(',', uris.Select(uri => $"\"{uri}\""))));
}
