using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class InitialAccessTokenTests
{
    private static readonly IssueInitialAccessTokenResponse Issued = new() { Token = "hush", InitialAccessToken = Record("t1") };

    [Fact]
    public async Task Every_term_travels()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Issued));
        await using var sdk = new Sdk(service.Address);
        var ceiling = new Ceiling { Scopes = { "email" }, RedirectHosts = { "*.app.example" }, AutomaticApproval = true, Owner = "Team" };
        var lifetime = TimeSpan.FromSeconds(90.9);
        var terms = new InitialAccessTokenTerms { Label = "Partner", Lifetime = lifetime, MaxUses = 3, Ceiling = ceiling };

        Assert.Equal(Issued, await sdk.Tokens.IssueAsync(terms, "why"));

        var expected = new IssueInitialAccessTokenRequest
        {
            Label = "Partner",
            LifetimeSeconds = 90,
            MaxUses = 3,
            Ceiling = ceiling,
            Reason = "why",
        };
        Assert.Equal(expected, IssueInitialAccessTokenRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task No_terms_are_an_empty_request_and_a_preview_asks_to_be_checked_only()
    {
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new IssueInitialAccessTokenResponse { InitialAccessToken = Record("t1") }));
        await using var sdk = new Sdk(service.Address);

        await sdk.Tokens.IssueAsync(new());
        Assert.Equal(Record("t1"), await sdk.Tokens.PreviewAsync(new()));

        Assert.Equal(
            [new(), new() { ValidateOnly = true }],
            service.Calls.Select(call => IssueInitialAccessTokenRequest.Parser.ParseFrom(call.Message)));
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.9, 1)]
    [InlineData(-60.0, 1)]
    [InlineData(60.0, 0)]
    [InlineData(60.0, -1)]
    public async Task Terms_that_the_wire_would_take_for_no_limit_are_not_sent(double seconds, int uses)
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Issued));
        await using var sdk = new Sdk(service.Address);
        var terms = new InitialAccessTokenTerms { Lifetime = TimeSpan.FromSeconds(seconds), MaxUses = uses };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sdk.Tokens.IssueAsync(terms));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sdk.Tokens.PreviewAsync(terms));
        Assert.Empty(service.Calls);
    }

    [Fact]
    public async Task A_listing_follows_the_pages_to_the_end()
    {
        await using var service = await FakeService.StartAsync(call => new Answer(
            ListInitialAccessTokensRequest.Parser.ParseFrom(call.Message).PageToken.Length == 0
                ? new ListInitialAccessTokensResponse { InitialAccessTokens = { Record("a"), Record("b") }, NextPageToken = "2" }
                : new ListInitialAccessTokensResponse { InitialAccessTokens = { Record("c") } }));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal(["a", "b", "c"], await sdk.Tokens.ListAsync().Select(token => token.InitialAccessTokenId).ToListAsync());
    }

    [Fact]
    public async Task A_token_is_read_and_revoked_by_its_identifier()
    {
        var revoked = new InitialAccessToken(Record("t1")) { RevokeTime = new Timestamp { Seconds = 9 } };
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new RevokeInitialAccessTokenResponse { InitialAccessToken = revoked }));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal(revoked, await sdk.Tokens.GetAsync("t1"));
        Assert.Equal(revoked, await sdk.Tokens.RevokeAsync("t1", "why"));

        Assert.Equal(["GetInitialAccessToken", "RevokeInitialAccessToken"], service.Calls.Select(call => call.Path.Split('/')[^1]));
        Assert.Equal(
            [new() { InitialAccessTokenId = "t1" }, new() { InitialAccessTokenId = "t1", Reason = "why" }],
            service.Calls.Select(call => RevokeInitialAccessTokenRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task An_unknown_token_is_a_fault()
    {
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(StatusCode.NotFound, "token_not_found"));
        await using var sdk = new Sdk(service.Address);
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Tokens.GetAsync("t1"));
        Assert.Equal(GrpcDcrError.TokenNotFound, fault.Error);
    }

    private static InitialAccessToken Record(string id) => new() { InitialAccessTokenId = id };
}
