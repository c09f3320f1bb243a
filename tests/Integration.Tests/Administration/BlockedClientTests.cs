using System.Net;
using System.Text.Json;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>A suspension can block what the client has, and a client that waits shows which stopped ones it resembles.</summary>
public sealed class BlockedClientTests
{
    private const string Document =
        "\"redirect_uris\":[\"https://app.evil.example/cb\"],\"software_id\":\"sw-1\",\"client_name\":\"Evil App\","
        + "\"token_endpoint_auth_method\":\"none\"";

    [Fact]
    public async Task A_suspension_blocks_what_the_client_has_so_that_its_program_does_not_come_back_under_a_new_identifier()
    {
        await using var server = await RunningServer.StartAsync("Registration:Approval=Automatic");
        var id = (await server.RegisteredAsync("{" + Document + "}")).GetProperty("client_id").GetString()!;

        var suspended = await server.ActAsync(
            id, "suspend", """{"reason":"phishing","block":["REDIRECT_HOST","SOFTWARE_ID","CLIENT_NAME"]}""");

        Assert.Equal((HttpStatusCode.OK, "SUSPENDED"), (suspended.Status, suspended.Text("state")));
        var rules = (await server.AdminAsync(HttpMethod.Get, "block-rules")).Json.GetProperty("block_rules").EnumerateArray()
            .Select(rule => (Text(rule, "subject"), Text(rule, "value"), Text(rule, "effect")));
        Assert.Equal(
            [("REDIRECT_HOST", "app.evil.example", "REFUSE"), ("CLIENT_NAME", "Evil App", "HOLD"), ("SOFTWARE_ID", "sw-1", "HOLD")], rules);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.RegisterAsync("{" + Document + "}")).Status);
        var elsewhere = Document.Replace("app.evil.example", "new.example", StringComparison.Ordinal);
        Assert.Equal("pending", (await server.RegisterAsync("{" + elsewhere + "}")).Text("client_status"));
    }

    [Theory]
    [InlineData("""{"reason":"r","block":["DOCUMENT_HOST"]}""", "block")]
    [InlineData("""{"block":["REDIRECT_HOST"]}""", "reason")]
    [InlineData("""{"reason":"r","block":["BLOCK_SUBJECT_UNSPECIFIED"]}""", "block")]
    [InlineData("""{"reason":"r","block":["EVERYTHING"]}""", "block[0]")]
    public async Task A_suspension_that_cannot_block_suspends_nobody(string body, string field)
    {
        await using var server = await RunningServer.StartAsync("Registration:Approval=Automatic");
        var id = (await server.RegisteredAsync("{" + Document + "}")).GetProperty("client_id").GetString()!;

        var refused = (await server.ActAsync(id, "suspend", body)).IsStatus(HttpStatusCode.BadRequest, 3, "INVALID_REQUEST");

        Assert.Contains($"\"{field}\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(ClientState.Active, (await server.ClientAsync(id)).State);
        Assert.Equal("{}", (await server.AdminAsync(HttpMethod.Get, "block-rules")).Body);
    }

    [Fact]
    public async Task The_machine_of_the_user_is_not_blocked_with_a_client_on_it()
    {
        await using var server = await RunningServer.StartAsync("Registration:Approval=Automatic");
        const string Native = """{"redirect_uris":["http://127.0.0.1/cb"],"token_endpoint_auth_method":"none"}""";
        var id = (await server.RegisteredAsync(Native)).GetProperty("client_id").GetString()!;

        (await server.ActAsync(id, "suspend", """{"reason":"r","block":["REDIRECT_HOST"]}""")).IsStatus(
            HttpStatusCode.BadRequest, 3, "INVALID_REQUEST");
    }

    [Fact]
    public async Task A_client_that_waits_names_the_suspended_and_rejected_ones_it_resembles()
    {
        const string Native = """{"redirect_uris":["http://127.0.0.1/cb"],"software_id":"sw-1","token_endpoint_auth_method":"none"}""";
        await using var server = await RunningServer.StartAsync();
        var rejected = await server.ClientInAsync(ClientState.Rejected, "{" + Document + "}");
        server.Time.Advance(TimeSpan.FromSeconds(2));
        var suspended = await server.ClientInAsync(ClientState.Suspended, Native);
        server.Time.Advance(TimeSpan.FromSeconds(2));
        var unlike = await server.ClientInAsync(ClientState.Rejected, """{"redirect_uris":["https://unlike.example/cb"]}""");
        server.Time.Advance(TimeSpan.FromSeconds(2));

        var alike = Document.Replace("Evil", "\u0415vil", StringComparison.Ordinal);
        var id = await server.ClientInAsync(ClientState.Pending, "{" + alike + "}");

        var seen = await server.ClientAsync(id);
        Assert.Equal([unlike, suspended, rejected], seen.Resemblances.Select(one => one.ClientId));
        Assert.Equal([BlockSubject.SourceNetwork], seen.Resemblances[0].Shared);
        Assert.Equal([BlockSubject.SoftwareId, BlockSubject.SourceNetwork], seen.Resemblances[1].Shared);
        Assert.Equal(
            [BlockSubject.RedirectHost, BlockSubject.SoftwareId, BlockSubject.ClientName, BlockSubject.SourceNetwork],
            seen.Resemblances[2].Shared);
        Assert.Equal(
            3, (await server.AdminAsync(HttpMethod.Get, "clients?filter.state=PENDING")).Json.GetProperty("clients")[0]
                .GetProperty("resemblances").GetArrayLength());

        await server.ActAsync(id, "approve");
        Assert.Empty((await server.ClientAsync(id)).Resemblances);
    }

    private static string? Text(JsonElement rule, string member) => rule.GetProperty(member).GetString();
}
