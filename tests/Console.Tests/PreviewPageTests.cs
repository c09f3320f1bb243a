using System.Net;
using System.Text.Json;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests;

/// <summary>The preview shows what a registration would do, and does nothing.</summary>
public sealed class PreviewPageTests(SampleConsole console)
{
    private const string Preview = "/console/registration/preview";

    private const string Narrowed =
        """{"client_name":"Shop","redirect_uris":["https://app.partner.example/cb"],"scope":"openid email admin"}""";

    private const string Wrong = """{"redirect_uris":["http://evil.example/cb","x"],"grant_types":["password"],"client_name":5}""";

    [Theory]
    [InlineData(Narrowed)]
    [InlineData(Wrong)]
    [InlineData("{}")]
    public async Task Says_the_same_as_the_API(string document)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server, SampleConsole.ApproverToken);
        var page = (await visitor.SubmitAsync(Preview, Preview, ("document", document))).Visible();
        var api = (await console.Server.AdminAsync(HttpMethod.Post, "clients:preview", $"{{\"metadata\":{document}}}")).Json;
        var isAcceptable = api.GetProperty("acceptable").GetBoolean();
        Assert.Contains(
            isAcceptable ? "It would be registered First state pending" : $"It would be refused {api.GetProperty("error").GetString()}",
            page,
            StringComparison.Ordinal);
        foreach (var violation in Each(api, "violations"))
        {
            Assert.Contains(
                $"{violation.GetProperty("field").GetString()} {violation.GetProperty("description").GetString()}", page,
                StringComparison.Ordinal);
        }

        foreach (var change in Each(api, "changes"))
        {
            Assert.Contains(
                $"{change.GetProperty("member").GetString()} {Text(change, "before")} {Text(change, "after")}",
                page,
                StringComparison.Ordinal);
        }

        foreach (var member in api.GetProperty("metadata").EnumerateObject().Where(member => member.Name != "contacts"))
        {
            Assert.Contains($"{member.Name} {member.Value.GetRawText()}", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Is_for_the_credential_that_would_be_presented()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var issued = await visitor.SubmitAsync(
            Preview, Preview, ("document", Narrowed), ("initial_access_token_id", console.Token));
        Assert.Contains("registered First state active Admitted by initial_access_token", issued.Visible(), StringComparison.Ordinal);
        Assert.Contains("scope \"openid email admin\" \"openid\"", issued.Visible(), StringComparison.Ordinal);
        var configured = await visitor.SubmitAsync(Preview, Preview, ("document", Narrowed), ("with_static_token", "true"));
        Assert.Contains("First state pending Admitted by initial_access_token", configured.Visible(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_block_rules_that_match()
    {
        await using var server = await ConsoleServer.StartAsync();
        await server.AdminAsync(
            HttpMethod.Post, "block-rules", """{"subject":"REDIRECT_HOST","value":"*.partner.example","reason":"a reason for us"}""");
        await server.AdminAsync(
            HttpMethod.Post, "block-rules", """{"subject":"CLIENT_NAME","value":"Shop","reason":"another"}""");
        await server.AdminAsync(HttpMethod.Post, "block-rules", """{"subject":"SOFTWARE_ID","value":"x","reason":"not here"}""");
        using var visitor = await Visitor.SignedInAsync(server);
        var page = (await visitor.SubmitAsync(Preview, Preview, ("document", Narrowed))).Visible();
        Assert.Contains("REFUSE REDIRECT_HOST *.partner.example : a reason for us", page, StringComparison.Ordinal);
        Assert.Contains("HOLD CLIENT_NAME Shop : another", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not here", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("document", "document", "[]")]
    [InlineData("document", "document", "{\"client_name\":\"a\",\"client_name\":\"b\"}")]
    [InlineData("document", "document", "")]
    [InlineData("with_static_token", "with_static_token", "yes")]
    [InlineData("initial_access_token_id", "", "01a22d9c-7b27-78f0-aa97-1541da0a317f")]
    public async Task A_wrong_field_is_named_and_kept(string field, string named, string text)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        (string, string)[] fields = field == "document" ? [(field, text)] : [("document", "{}"), (field, text)];
        var answer = await visitor.SubmitAsync(Preview, Preview, fields);
        Assert.True((int)answer.Status is 400 or 404, answer.Body);
        Assert.Equal(named.Length > 0, answer.Body.Contains($"id=\"{named}-problem\"", StringComparison.Ordinal));
        Assert.Contains("Nothing was previewed", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("What would happen<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_credentials_are_refused()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var answer = await visitor.SubmitAsync(
            Preview, Preview, ("document", "{}"), ("with_static_token", "true"), ("initial_access_token_id", console.Token));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("id=\"initial_access_token_id-problem\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registers_and_records_nothing()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await visitor.SubmitAsync(Preview, Preview, ("document", Narrowed))).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.SubmitAsync(Preview, Preview, ("document", Wrong))).Status);
        Assert.Equal(0, await server.CountClientsAsync());
        Assert.False((await server.AdminAsync(HttpMethod.Get, "audit-events")).Json.TryGetProperty("events", out var events)
            && events.GetArrayLength() > 0);
    }

    private static IEnumerable<JsonElement> Each(JsonElement preview, string list) =>
        preview.TryGetProperty(list, out var items) ? items.EnumerateArray() : [];

    private static string Text(JsonElement change, string name) =>
        change.TryGetProperty(name, out var value) ? value.GetString()! : "– none";
}
