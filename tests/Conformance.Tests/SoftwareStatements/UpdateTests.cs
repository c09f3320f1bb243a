using System.Net;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7592 section 2.2 under RFC 7591 section 3.1.1: a client cannot leave its statement.</summary>
public sealed class UpdateTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private const string Uris = "\"redirect_uris\":[\"https://client.example/cb\"]";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("")]
    [InlineData(",\"software_statement\":null")]
    [Requirement("7592-2.2-21")]
    public async Task Cannot_leave_the_statement_out(string member) =>
        await IsUnchangedAsync(client => client.UpdateAsync(Uris + member), "invalid_software_statement", "is missing");

    [Theory]
    [InlineData(StatementServer.Narrow)]
    [InlineData(StatementServer.Subset)]
    [Requirement("7592-2.2-21")]
    public async Task Cannot_change_to_another_issuer(string issuer)
    {
        const string Claims = "\"client_name\":\"b\"," + Uris;
        await _server.RegisteredAsync(Statement.Body(Statement.Of(Claims, issuer)));

        await IsUnchangedAsync(
            client => client.PutAsync(
                client.Update(Statement.Of(Claims, issuer))), "invalid_software_statement", "not from the issuer of the statement");
    }

    [Theory]
    [InlineData("{\"iss\":\"https://issuer.example\",\"software_id\":\"product-8\"}")]
    [InlineData("{\"iss\":\"https://issuer.example\",\"client_name\":\"b\"}")]
    [Requirement("7592-2.2-21")]
    [Requirement("SS-14")]
    public async Task Cannot_make_another_product_of_it(string claims)
    {
        var statement = SigningKey.Rsa.Jwt(Statement.Rs256, claims);

        await IsUnchangedAsync(
            client => client.PutAsync(
                client.Update(statement, Uris + ",\"software_id\":\"product-9\"")), "invalid_client_metadata", "software_id");
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    [Requirement("7592-2.2-16")]
    public async Task Needs_no_other_than_the_registered_one_when_its_time_is_over()
    {
        await using var own = await RunningServer.StartAsync(StatementServer.Trust("main", Statement.Issuer));
        var client = await OwnRecord.RegisterAsync(
            own, Statement.Body(Statement.Of(own.Fresh() + ",\"logo_uri\":\"https://client.example/l\"")));
        var statement = (await client.ReadAsync()).IsRecord().Text("software_statement")!;
        own.Time.Advance(TimeSpan.FromDays(1));
        Assert.Contains("expired", (await own.RefusesAsync(statement)).Description, StringComparison.Ordinal);

        var updated = (await client.PutAsync(client.Update(
            statement, Uris + ",\"client_name\":\"b\",\"software_id\":\"product-8\",\"logo_uri\":\"https://evil.example/l\""))).IsRecord();

        Assert.Equal((statement, "b"), (updated.Text("software_statement"), updated.Text("client_name")));
        Assert.Equal(("product-7", "https://client.example/l"), (updated.Text("software_id"), updated.Text("logo_uri")));
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task Says_what_a_new_statement_of_the_issuer_says()
    {
        var client = await OwnRecord.RegisterAsync(_server, Statement.Body(Statement.Of("\"client_name\":\"a\"")));
        var statement = Statement.Of("\"logo_uri\":\"https://client.example/l\"");

        var updated = (await client.PutAsync(client.Update(statement))).IsRecord();

        Assert.Equal((statement, "https://client.example/l"), (updated.Text("software_statement"), updated.Text("logo_uri")));
        Assert.False(updated.Json.TryGetProperty("client_name", out _));
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    [Requirement("7591-5-06")]
    public async Task Brings_a_client_under_a_statement_where_it_stays()
    {
        var client = await OwnRecord.RegisterAsync(_server);
        Assert.True((await _server.ClientAsync(client.ClientId)).SelfAsserted);

        (await client.PutAsync(client.Update(Statement.Of()))).IsRecord();

        var seen = await _server.ClientAsync(client.ClientId);
        Assert.Equal((false, Statement.Issuer, Admission.SoftwareStatement), (seen.SelfAsserted, seen.StatementIssuer, seen.Admission));
        (await client.UpdateAsync(Uris)).IsInvalidStatement();
    }

    private async Task IsUnchangedAsync(Func<OwnRecord, Task<Answer>> update, string error, string because)
    {
        var client = await OwnRecord.RegisterAsync(_server, Statement.Body(Statement.Of()));
        var before = (await client.ReadAsync()).IsRecord().Body;

        var refusal = (await update(client)).IsRefusal(error, HttpStatusCode.BadRequest, because);

        Assert.Contains(because, refusal.Description, StringComparison.Ordinal);
        Assert.Equal(before, (await client.ReadAsync()).IsRecord().Body);
    }
}
