using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Tokens of authorization servers that have expired.</summary>
public sealed class RenewalTests
{
    private const string Renewed = """{"access_token":"new-token","token_type":"Bearer","expires_in":3600,"refresh_token":"second"}""";

    [Fact]
    public async Task An_expired_token_is_renewed_once_although_several_commands_need_it()
    {
        await using var server = Server(new(200, Renewed));
        using var user = Of(server, "\"refresh_token\":\"first\"");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => user.SucceedAsync("registration", "status")));

        var renewal = Assert.Single(server.Calls, call => call.Target == "/token");
        Assert.Equal(
            ("refresh_token", "first", "me", "https://dcr.example"),
            (renewal.Field("grant_type"), renewal.Field("refresh_token"), renewal.Field("client_id"), renewal.Field("resource")));
        var kept = File.ReadAllText(user.Configuration);
        Assert.Contains("new-token", kept, StringComparison.Ordinal);
        Assert.Contains("second", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("old-token", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refresh_token_stays_if_the_server_gives_no_other()
    {
        await using var server = Server(new(200, """{"access_token":"new-token","token_type":"Bearer","expires_in":1}"""));
        using var user = Of(server, "\"refresh_token\":\"first\"");

        await user.SucceedAsync("registration", "status");
        await user.SucceedAsync("registration", "status");

        Assert.Equal(["first", "first"], server.Calls.Where(call => call.Target == "/token").Select(call => call.Field("refresh_token")));
    }

    [Theory]
    [InlineData("\"refresh_token\":\"first\"", 400, """{"error":"invalid_grant"}""", 4, "The login of context 'a' has ended. Run 'grpcdcr")]
    [InlineData("\"scope\":\"all\"", 200, Renewed, 4, "The login of context 'a' has expired. Run 'grpcdcr login --device --context a'")]
    [InlineData("\"refresh_token\":\"first\"", 400, """{"error":"invalid_client"}""", 4, "invalid_client")]
    [InlineData("\"refresh_token\":\"first\"", 500, "down", 1, "answered with status 500")]
    public async Task Says_what_to_do_when_there_is_no_new_token(string member, int status, string answer, int exitCode, string message)
    {
        await using var server = Server(new(status, answer));
        using var user = Of(server, member);
        var before = File.ReadAllText(user.Configuration);

        var run = (await user.RunAsync("registration", "status")).With(exitCode);

        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("first", run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("old-token", run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Calls, call => call.Target.StartsWith("/admin", StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllText(user.Configuration));
    }

    private static FakeServer Server(FakeAnswer renewal) => FakeServer.Start(
        (_, call) => call.Target == "/token" ? renewal : new(200, """{"enabled":true}"""));

    private static Workplace Of(FakeServer server, string member)
    {
        var user = new Workplace();
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(user.Configuration)!);
        File.WriteAllText(
            user.Configuration,
            $$"""
            {"current":"a","contexts":{"a":{"address":"{{server.Address}}","token":"old-token","login":{"authority":"{{server.Address}}",
             "token_endpoint":"{{server.Address}}/token","client_id":"me","resource":"https://dcr.example",{{member}},
             "expire_time":"2020-01-01T00:00:00Z"} } } }
            """);
        File.SetUnixFileMode(user.Configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return user;
    }
}
