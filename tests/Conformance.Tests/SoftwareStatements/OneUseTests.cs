using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7519 section 4.1.7: a statement that can be used once.</summary>
public sealed class OneUseTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private const string Replayed = "was used before";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("SS-24")]
    public async Task Registers_one_client()
    {
        var times = _server.Fresh();

        await _server.RegisteredAsync(Statement.Body(Fresh(times)));

        Assert.Contains(Replayed, (await _server.RefusesAsync(Fresh(times))).Description, StringComparison.Ordinal);
        Assert.Contains(
            Replayed, (await _server.RefusesAsync(Fresh(times + ",\"client_name\":\"b\""))).Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"iat\":NOW,\"jti\":\"a\"")]
    [InlineData("\"iat\":NOW,\"exp\":9999999999")]
    [InlineData("\"iat\":NOW,\"jti\":\"\",\"exp\":9999999999")]
    [InlineData("\"iat\":NOW,\"jti\":1,\"exp\":9999999999")]
    [Requirement("SS-24")]
    public async Task Says_which_one_it_is_and_how_long_that_must_be_remembered(string claims)
    {
        var now = $"{_server.Time.GetUtcNow().ToUnixTimeSeconds()}";

        var refusal = await _server.RefusesAsync(Fresh(claims.Replace("NOW", now, StringComparison.Ordinal)));

        Assert.Contains("jti", refusal.Description, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("SS-24")]
    public async Task Registers_one_of_many_at_once()
    {
        var body = Statement.Body(Fresh(_server.Fresh()));
        var before = await _server.CountClientsAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _server.RegisterAsync(body)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.Created),
            answer => Assert.Contains(Replayed, answer.IsInvalidStatement().Description, StringComparison.Ordinal));
        Assert.Equal(before + 1, await _server.CountClientsAsync());
    }

    [Fact]
    [Requirement("SS-24")]
    [Requirement("7592-2.2-21")]
    public async Task Updates_one_of_many_at_once()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RegisteredAsync(_server)));
        var statement = Fresh(_server.Fresh() + ",\"client_name\":\"New\"");

        var answers = await Task.WhenAll(clients.Select(client => client.PutAsync(client.Update(statement))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.IsInvalidStatement());
        var read = await Task.WhenAll(clients.Select(client => client.ReadAsync()));
        Assert.Single(read, answer => answer.Text("client_name") == "New");
        await _server.RefusesAsync(statement);
    }

    [Fact]
    [Requirement("SS-24")]
    [Requirement("7591-3.2.2-05")]
    public async Task Is_not_used_up_by_what_is_refused_or_only_tried()
    {
        var statement = Fresh(_server.Fresh());
        await _server.RefusedAsync("invalid_redirect_uri", Statement.Body(statement, "\"redirect_uris\":[\"http://client.example/\"]"));
        var preview = (await _server.AdminAsync(
            HttpMethod.Post, "clients:preview", $$"""{"metadata":{{Statement.Body(statement)}}}""")).Json;
        Assert.Equal(
            (true, "SOFTWARE_STATEMENT"),
            (preview.GetProperty("acceptable").GetBoolean(), preview.GetProperty("admission").GetString()));

        await _server.RegisteredAsync(Statement.Body(statement));
    }

    [Fact]
    [Requirement("SS-24")]
    [Requirement("7592-2.2-21")]
    public async Task Serves_the_client_that_it_registered_for_ever_and_nobody_else()
    {
        await using var own = await RunningServer.StartAsync(FreshOnly());
        var (client, stranger) = (await RegisteredAsync(own), await RegisteredAsync(own));
        var statement = (await client.ReadAsync()).IsRecord().Text("software_statement")!;

        foreach (var name in new[] { "At once", "After its time" })
        {
            var updated = (await client.PutAsync(client.Update(
                statement, $"\"redirect_uris\":[\"https://client.example/cb\"],\"client_name\":\"{name}\""))).IsRecord();
            Assert.Equal((statement, name), (updated.Text("software_statement"), updated.Text("client_name")));
            own.Time.Advance(TimeSpan.FromDays(10));
        }

        (await stranger.PutAsync(stranger.Update(statement))).IsInvalidStatement();
        (await client.PutAsync(client.Update(Fresh(own.Fresh())))).IsRecord();
        (await client.PutAsync(client.Update(statement))).IsInvalidStatement();
    }

    [Fact]
    [Requirement("SS-24")]
    public async Task Is_still_used_up_after_a_restart()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-once-").FullName;
        try
        {
            string body;
            await using (var first = await RunningServer.StartInAsync(folder, FreshOnly()))
            {
                body = Statement.Body(Fresh(first.Fresh()));
                await first.RegisteredAsync(body);
            }

            await using var second = await RunningServer.StartInAsync(folder, FreshOnly());

            Assert.Contains(Replayed, (await second.RegisterAsync(body)).IsInvalidStatement().Description, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static string Fresh(string claims) => Statement.Of(claims, StatementServer.Fresh);

    private static Task<OwnRecord> RegisteredAsync(RunningServer server) =>
        OwnRecord.RegisterAsync(server, Statement.Body(Fresh(server.Fresh())));

    private static string[] FreshOnly() =>
        [
            .. StatementServer.Trust("fresh", StatementServer.Fresh),
            "SoftwareStatements:Issuers:fresh:MaxAgeSeconds=300", "SoftwareStatements:Issuers:fresh:OneUse=true",
        ];
}
