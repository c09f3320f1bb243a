using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Administration;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7592 section 2.2 under RFC 7591 section 3.1.1: a client cannot leave its statement.</summary>
public sealed class UpdateTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private const string Software = "\"software_id\":\"product-7\"";

    private readonly RunningServer server = shared.Server;

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task Without_a_statement_it_is_refused()
    {
        var client = await server.RegisterStatedAsync();

        foreach (var statement in new[] { "", ",\"software_statement\":null" })
        {
            await IsUnchangedAsync(client, async () =>
            {
                var refused = (await client.UpdateAsync($"\"redirect_uris\":[\"https://client.example/cb\"]{statement}")).IsInvalidStatement();
                Assert.Contains("is missing", refused.Description, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task With_the_statement_of_another_issuer_it_is_refused()
    {
        var client = await server.RegisterStatedAsync();

        await IsUnchangedAsync(client, async () =>
        {
            var refused = (await client.PutAsync(client.Update(StatementIssuer.Other.Fresh(server, Software)))).IsInvalidStatement();
            Assert.Contains("vouches for this client", refused.Description, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    [Requirement("SS-07")]
    public async Task With_its_statement_tampered_with_it_is_refused()
    {
        var statement = StatementIssuer.One.Fresh(server, Software);
        var client = await OwnRecord.RegisterAsync(server, StatedCalls.Body(statement));
        var parts = statement.Split('.');
        var other = StatementIssuer.One.Fresh(server, "\"software_id\":\"product-8\"").Split('.');

        foreach (var forged in new[] { $"{parts[0]}.{other[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.{other[2]}", statement + "A", statement[..^4] })
        {
            await IsUnchangedAsync(client, async () => (await client.PutAsync(client.Update(forged))).IsInvalidStatement());
        }
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    [Requirement("7592-2.2-16")]
    [Requirement("SS-15")]
    public async Task With_the_statement_it_registered_with_it_happens_whenever()
    {
        await using var own = await RunningServer.StartAsync(StatementIssuer.One.Trusted());
        var client = await own.RegisterStatedAsync();
        var statement = (await client.ReadAsync()).IsRecord().Text("software_statement")!;
        own.Time.Advance(TimeSpan.FromDays(1));
        await own.RefusesStatementAsync(statement, "expired");

        var updated = (await client.PutAsync(client.Update(statement, "\"client_name\":\"B\",\"software_id\":\"product-8\","))).IsRecord();

        Assert.Equal((statement, "B", "product-7"), (updated.Text("software_statement"), updated.Text("client_name"), updated.Text("software_id")));
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task With_a_new_statement_it_says_what_that_one_says()
    {
        var client = await server.RegisterStatedAsync(Software + ",\"client_name\":\"A\"");
        var statement = StatementIssuer.One.Fresh(server, Software + ",\"logo_uri\":\"https://client.example/l\"");

        var updated = (await client.PutAsync(client.Update(statement))).IsRecord();

        Assert.Equal((statement, "https://client.example/l"), (updated.Text("software_statement"), updated.Text("logo_uri")));
        Assert.False(updated.Json.TryGetProperty("client_name", out _));
    }

    [Theory]
    [InlineData("\"software_id\":\"product-8\"")]
    [InlineData("\"client_name\":\"A\"")]
    [Requirement("7592-2.2-21")]
    [Requirement("SS-14")]
    public async Task No_statement_makes_another_product_of_it(string claims)
    {
        var client = await server.RegisterStatedAsync();

        await IsUnchangedAsync(client, async () =>
        {
            var refused = await client.PutAsync(client.Update(StatementIssuer.One.Fresh(server, claims), "\"software_id\":\"product-9\","));
            refused.IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, refused.Body);
            Assert.Contains("software_id", refused.Description, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    [Requirement("7591-5-06")]
    public async Task A_client_without_a_statement_may_come_under_one_and_then_stays()
    {
        var client = await OwnRecord.RegisterAsync(server);
        Assert.True((await server.ClientAsync(client.ClientId)).SelfAsserted);

        (await client.PutAsync(client.Update(StatementIssuer.One.Fresh(server, Software)))).IsRecord();

        var seen = await server.ClientAsync(client.ClientId);
        Assert.Equal((false, StatementIssuer.One.Name, "software_statement"), (seen.SelfAsserted, seen.StatementIssuer, seen.AdmittedBy));
        (await client.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\"]")).IsInvalidStatement();
    }

    private static async Task IsUnchangedAsync(OwnRecord client, Func<Task> update)
    {
        var before = (await client.ReadAsync()).IsRecord().Body;
        await update();
        Assert.Equal(before, (await client.ReadAsync()).IsRecord().Body);
    }
}
