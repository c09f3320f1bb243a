using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Administration;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7519 section 4.1.7: statements that can be used once.</summary>
public sealed class OneUseTests(OneUseTests.Once shared) : IClassFixture<OneUseTests.Once>
{
    private const string Replayed = "was used before";
    private const string Software = "\"software_id\":\"product-7\"";

    private readonly RunningServer server = shared.Server;

    [Fact]
    [Requirement("SS-24")]
    public async Task A_statement_is_used_up()
    {
        var statement = StatementIssuer.One.Fresh(server, Software);

        (await server.RegisterAsync(StatedCalls.Body(statement))).IsRegistration();

        await server.RefusesStatementAsync(statement, Replayed);
    }

    [Theory]
    [InlineData("\"jti\":\"a\"")]
    [InlineData("\"exp\":9999999999")]
    [InlineData("\"jti\":\"\",\"exp\":9999999999")]
    [InlineData("\"jti\":1,\"exp\":9999999999")]
    [Requirement("SS-24")]
    public Task One_that_could_not_be_remembered_is_refused(string claims) =>
        server.RefusesStatementAsync(StatementIssuer.One.Statement($"{Software},{claims}"), "jti");

    [Fact]
    [Requirement("SS-24")]
    public async Task Of_many_at_once_one_registers()
    {
        var body = StatedCalls.Body(StatementIssuer.One.Fresh(server, Software));
        var before = await server.CountClientsAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => server.RegisterAsync(body)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.Created),
            answer => Assert.Contains(Replayed, answer.IsInvalidStatement().Description, StringComparison.Ordinal));
        Assert.Equal(before + 1, await server.CountClientsAsync());
    }

    [Fact]
    [Requirement("SS-24")]
    [Requirement("7592-2.2-21")]
    public async Task Of_many_clients_at_once_one_updates_itself()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.RegisterStatedAsync(Software)));
        var statement = StatementIssuer.One.Fresh(server, Software + ",\"client_name\":\"New\"");

        var answers = await Task.WhenAll(clients.Select(client => client.PutAsync(client.Update(statement))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.IsInvalidStatement());
        var read = await Task.WhenAll(clients.Select(client => client.ReadAsync()));
        Assert.Single(read, answer => answer.Text("client_name") == "New");
        await server.RefusesStatementAsync(statement, Replayed);
    }

    [Fact]
    [Requirement("SS-24")]
    public async Task Another_statement_of_the_same_jti_is_used_up_too()
    {
        var times = StatementIssuer.Times(server);
        (await server.RegisterAsync(StatedCalls.Body(StatementIssuer.One.Statement($"{times},{Software}")))).IsRegistration();

        await server.RefusesStatementAsync(StatementIssuer.One.Statement($"{times},{Software},\"software_version\":\"2\""), Replayed);

        // Another issuer counts its own.
        (await server.RegisterAsync(StatedCalls.Body(StatementIssuer.Other.Statement($"{times},{Software}")))).IsRegistration();
    }

    [Fact]
    [Requirement("SS-24")]
    [Requirement("7591-3.2.2-05")]
    public async Task What_is_refused_or_only_tried_uses_nothing_up()
    {
        var statement = StatementIssuer.One.Fresh(server, Software);
        await server.RefusedAsync("invalid_client_metadata", StatedCalls.Body(statement, "\"scope\":\"admin\","));
        var preview = (await server.AdminAsync(HttpMethod.Post, "clients:preview", $$"""{"metadata":{{StatedCalls.Body(statement)}}}""")).Json;
        Assert.Equal((true, "software_statement"), (preview.GetProperty("acceptable").GetBoolean(), preview.GetProperty("profile").GetString()));

        (await server.RegisterAsync(StatedCalls.Body(statement))).IsRegistration();
    }

    [Fact]
    [Requirement("SS-24")]
    [Requirement("7592-2.2-21")]
    public async Task A_client_may_send_the_one_that_it_registered_with_again_after_its_time_too()
    {
        await using var own = await RunningServer.StartAsync(StatementIssuer.One.Trusted("OneUse=true", "MaxAgeSeconds=300"));
        var statement = StatementIssuer.One.Fresh(own, Software);
        var (client, stranger) = (await OwnRecord.RegisterAsync(own, StatedCalls.Body(statement)), await own.RegisterStatedAsync(Software));

        foreach (var passed in new[] { TimeSpan.Zero, TimeSpan.FromDays(100) })
        {
            own.Time.Advance(passed);
            var updated = (await client.PutAsync(client.Update(statement, $"\"client_name\":\"After {passed.Days} days\","))).IsRecord();
            Assert.Equal((statement, $"After {passed.Days} days"), (updated.Text("software_statement"), updated.Text("client_name")));
        }

        // Nobody else may, nor may the client once it has another one.
        (await stranger.PutAsync(stranger.Update(statement))).IsInvalidStatement();
        (await client.PutAsync(client.Update(StatementIssuer.One.Fresh(own, Software)))).IsRecord();
        (await client.PutAsync(client.Update(statement))).IsInvalidStatement();
    }

    [Fact]
    [Requirement("SS-24")]
    public async Task A_restart_forgets_no_use()
    {
        var folder = Directory.CreateTempSubdirectory("grpcdcr-once-").FullName;
        try
        {
            string body;
            await using (var first = await RunningServer.StartInAsync(folder, StatementIssuer.One.Trusted("OneUse=true")))
            {
                body = StatedCalls.Body(StatementIssuer.One.Fresh(first, Software));
                (await first.RegisterAsync(body)).IsRegistration();
            }

            await using var second = await RunningServer.StartInAsync(folder, StatementIssuer.One.Trusted("OneUse=true"));

            Assert.Contains(Replayed, (await second.RegisterAsync(body)).IsInvalidStatement().Description, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each statement registers one client.</summary>
    public sealed class Once() : SharedServer(
        [.. StatementIssuer.One.Trusted("OneUse=true"), .. StatementIssuer.Other.Trusted("OneUse=true")]);
}
