using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.NativeApps;

/// <summary>Matching at authorization time: RFC 9700 section 2.1, RFC 8252 section 7.3.</summary>
public sealed class CheckRedirectUriTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    public static TheoryData<string, string, string, string> Rows { get; } =
        new(CaseFile.Read("matching").Select(row => (row[0], row[1], row[2], row[3])));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Allows_what_the_table_says(string requirement, string outcome, string registered, string requested)
    {
        var allowed = outcome == "allowed";
        var id = await ActiveAsync(registered);

        var answer = await CheckAsync(id, requested);

        Assert.Equal((requirement, allowed, allowed ? requested : ""), (requirement, answer.Allowed, answer.RedirectUri));
    }

    [Theory]
    [InlineData("https://client.example/cb")]
    [InlineData("http://127.0.0.1/cb")]
    [InlineData("com.example.app:/cb")]
    [Requirement("M-02")]
    public async Task Allows_nothing_that_is_empty_or_has_more_at_the_end(string registered)
    {
        var id = await ActiveAsync(registered);

        foreach (var requested in new[] { "", registered + " ", registered + "\n", registered + "\0" })
        {
            var answer = await CheckAsync(id, requested);
            Assert.Equal((false, ""), (answer.Allowed, answer.RedirectUri));
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

    private async Task<CheckRedirectUriResponse> CheckAsync(string id, string requested) =>
        await _server.Directory().CheckRedirectUriAsync(new() { ClientId = id, RedirectUri = requested });

    private Task<string> ActiveAsync(params string[] uris) =>
        _server.ClientInAsync(ClientState.Active, Bodies.Redirecting(string.Join(',', uris.Select(uri => $"\"{uri}\""))));
}
