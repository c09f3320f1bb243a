using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class InitialAccessTokenTests
{
    private static readonly IssueInitialAccessTokenResponse Issued = new() { Token = "hush", InitialAccessToken = Record("t1") };

    [Fact]
    public async Task Every_option_travels()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Issued));
        await using var sdk = new Sdk(service.Address);
        var constraints = new RegistrationConstraints
        {
            Scopes = { "email" },
            RedirectHosts = { "*.app.example" },
            AutomaticApproval = true,
            Owner = "Team",
        };
        var id = new Guid("0190a4be-0000-7000-8000-000000000001");
        var options = new InitialAccessTokenOptions
        {
            Label = "Partner",
            TimeToLive = TimeSpan.FromSeconds(90.5),
            MaxUses = 3,
            Constraints = constraints,
        };

        Assert.Equal(Issued, await sdk.Tokens.IssueAsync(options, "why", id));

        var expected = new IssueInitialAccessTokenRequest
        {
            Label = "Partner",
            Ttl = new Duration { Seconds = 90, Nanos = 500_000_000 },
            MaxUses = 3,
            Constraints = constraints,
            Reason = "why",
            RequestId = "0190a4be-0000-7000-8000-000000000001",
        };
        Assert.Equal(expected, IssueInitialAccessTokenRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task No_options_are_an_empty_request_and_zero_is_not_taken_for_any()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Issued));
        await using var sdk = new Sdk(service.Address);
        var time = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(2));

        await sdk.Tokens.IssueAsync(new());
        await sdk.Tokens.IssueAsync(new() { MaxUses = 0, TimeToLive = TimeSpan.Zero });
        await sdk.Tokens.IssueAsync(new() { ExpireTime = time });

        Assert.Equal(
            [new(), new() { MaxUses = 0, Ttl = new Duration() }, new() { ExpireTime = time.ToTimestamp() }],
            service.Calls.Select(call => IssueInitialAccessTokenRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task Two_ends_are_not_sent()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Issued));
        await using var sdk = new Sdk(service.Address);
        var options = new InitialAccessTokenOptions { TimeToLive = TimeSpan.FromHours(1), ExpireTime = DateTimeOffset.MaxValue };
        await Assert.ThrowsAsync<ArgumentException>(() => sdk.Tokens.IssueAsync(options));
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
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(StatusCode.NotFound, "TOKEN_NOT_FOUND"));
        await using var sdk = new Sdk(service.Address);
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Tokens.GetAsync("t1"));
        Assert.Equal(ErrorReason.TokenNotFound, fault.Reason);
    }

    private static InitialAccessToken Record(string id) => new() { InitialAccessTokenId = id };
}
