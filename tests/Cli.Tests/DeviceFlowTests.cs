using System.Globalization;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.OAuth;
using GrpcDcr.Cli.Service;
using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>The device flow with authorization servers that do what RFC 8628 allows, and what it does not.</summary>
public sealed class DeviceFlowTests
{
    private const string Token = """{"access_token":"the-token","token_type":"bearer","expires_in":60,"refresh_token":"again"}""";

    private static readonly FakeAnswer Issued = new(200, Token);

    private readonly LeapingTime _time = new();
    private readonly List<string> _said = [];
    private readonly List<double> _polls = [];

    [Fact]
    public async Task Asks_as_often_as_the_server_wants_until_the_user_has_approved()
    {
        var token = await LoginAsync(
            Code(interval: 3), Error("authorization_pending"), Error("slow_down"), Error("authorization_pending"), Issued);

        Assert.Equal([3, 6, 14, 22], _polls);
        Assert.Equal(("the-token", "again"), (token.AccessToken, token.Login.RefreshToken));
        Assert.Equal(_time.GetUtcNow().AddSeconds(60), token.Login.ExpireTime);
        Assert.Equal(
            ["Open https://as.example/device in a browser, and enter the code WDJB-MJHT there.\nThe code expires in 30 minutes."], _said);
    }

    [Fact]
    public async Task Asks_every_five_seconds_if_the_server_does_not_say_and_less_often_when_it_fails()
    {
        await LoginAsync(Code(), Error("authorization_pending"), new(503, "busy"), new(200, "", IsCut: true), Issued);

        Assert.Equal([5, 10, 20, 40], _polls);
    }

    [Theory]
    [InlineData("expired_token", "The code has expired")]
    [InlineData("access_denied", "was told not to log you in")]
    [InlineData("invalid_client", "invalid_client: because")]
    public async Task Ends_when_the_server_refuses(string error, string message)
    {
        var fault = await Assert.ThrowsAsync<CommandFault>(() => LoginAsync(Code(), Error("authorization_pending"), Error(error)));

        Assert.Equal(ExitCode.Refused, fault.ExitCode);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, _polls.Count);
    }

    [Fact]
    public async Task Ends_when_the_code_has_expired_although_the_server_does_not_say_so()
    {
        var fault = await Assert.ThrowsAsync<CommandFault>(() => LoginAsync(Code(expires: 12), Error("authorization_pending")));

        Assert.Contains("The code has expired", fault.Message, StringComparison.Ordinal);
        Assert.Equal([5, 10], _polls);
    }

    [Theory]
    [InlineData("""{"verification_uri":"javascript:0","device_code":"d","user_code":"u","expires_in":60}""", "verification_uri must")]
    [InlineData("""{"verification_uri":"https://as.example","device_code":"d","user_code":"u"}""", "no OAuth error")]
    [InlineData("""{"verification_uri":"https://as.example","user_code":"u","expires_in":60}""", "no OAuth error")]
    [InlineData("[]", "no OAuth error")]
    public async Task Does_not_go_on_without_a_code_for_the_user(string answer, string message)
    {
        var fault = await Assert.ThrowsAsync<CommandFault>(() => LoginAsync(new(200, answer), Issued));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Empty(_said);
        Assert.Empty(_polls);
    }

    [Fact]
    public async Task Does_not_take_a_token_that_is_bound_to_a_key()
    {
        var fault = await Assert.ThrowsAsync<CommandFault>(() => LoginAsync(Code(), new FakeAnswer(
            200, """{"access_token":"the-token","token_type":"DPoP"}""")));

        Assert.Contains("'DPoP'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_complete_address_only_if_it_is_of_the_same_server()
    {
        const string Rest =
            "\"verification_uri\":\"https://as.example/device\",\"device_code\":\"d\",\"user_code\":\"u\",\"expires_in\":60}";
        await LoginAsync(new(200, "{\"verification_uri_complete\":\"https://as.example/device?code=u\"," + Rest), Issued);
        await LoginAsync(new(200, "{\"verification_uri_complete\":\"https://evil.example/device?code=u\"," + Rest), Issued);

        Assert.Contains("Or open https://as.example/device?code=u, and compare the code.", _said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", _said[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://as.example", "device_authorization_endpoint", "--authority is 'http://as.example': only https is allowed")]
    [InlineData(null, "device_authorization_endpoint", "http://as.example/x': only https is allowed")]
    [InlineData(null, "none", "names no device_authorization_endpoint: this server has no device flow")]
    public async Task Credentials_go_to_https_or_this_machine_only(string? authority, string member, string message)
    {
        await using var server = FakeServer.Start((server, _) => new(
            200, $$"""{"issuer":"{{server.Address}}","{{member}}":"http://as.example/x","token_endpoint":"https://as.example/token"}"""));
        using var http = new HttpExchange();

        var fault = await Assert.ThrowsAsync<CommandFault>(() => new DeviceFlow(http, _time, Say).LoginAsync(
            new IssuedLogin { Authority = authority ?? server.Address, ClientId = "me" }, CancellationToken.None));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static FakeAnswer Error(string error) => new(400, $$"""{"error":"{{error}}","error_description":"because"}""");

    private static FakeAnswer Code(int? interval = null, int expires = 1800) => new(200, string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"device_code":"d","user_code":"WDJB-MJHT","verification_uri":"https://as.example/device","expires_in":{{expires}}
        {{(interval is null ? "" : $",\"interval\":{interval}")}}}
        """));

    private Task Say(string text)
    {
        _said.Add(text);
        return Task.CompletedTask;
    }

    /// <summary>The last answer is given for ever.</summary>
    private async Task<IssuedToken> LoginAsync(FakeAnswer code, params FakeAnswer[] answers)
    {
        var start = _time.GetUtcNow();
        await using var server = FakeServer.Start((server, call) => call.Target switch
        {
            "/.well-known/oauth-authorization-server" => new(200, $$"""
                {"issuer":"{{server.Address}}",
                 "device_authorization_endpoint":"{{server.Address}}/d","token_endpoint":"{{server.Address}}/t"}
                """),
            "/d" => (call.Field("client_id"), call.Field("scope"), call.Field("resource")) == ("me", "all", null) ? code : Error("form"),
            "/t" => Poll(call),
            _ => new(404, "{}"),
        });
        using var http = new HttpExchange();
        return await new DeviceFlow(http, _time, Say).LoginAsync(
            new IssuedLogin { Authority = server.Address, ClientId = "me", Scope = "all" }, CancellationToken.None);

        FakeAnswer Poll(FakeCall call)
        {
            _polls.Add((_time.GetUtcNow() - start).TotalSeconds);
            return call.Field("device_code") == "d" && call.Field("client_id") == "me"
                ? answers[Math.Min(_polls.Count, answers.Length) - 1]
                : Error("form");
        }
    }
}
