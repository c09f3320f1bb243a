using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Administration;
using GrpcDcr.Doors.Tests.Support;
using GrpcDcr.Server.Tests.Registration.Statements;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 sections 2.3 and 3.2.2: who is trusted, and for which software.</summary>
public sealed class IssuerTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private const string Unapproved = "unapproved_software_statement";

    private readonly RunningServer server = shared.Server;

    [Theory]
    [InlineData("{\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":null,\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":1,\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":[\"https://issuer.example\"],\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":\"\",\"software_id\":\"a\"}")]
    [Requirement("SS-04")]
    public Task Is_named(string claims) =>
        server.RefusesStatementAsync(SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", claims), "no iss that names an issuer trusted here");

    [Theory]
    [InlineData("https://unknown.example")]
    [InlineData("https://issuer.example/")]
    [InlineData("https://ISSUER.example")]
    [Requirement("SS-06")]
    public async Task Is_trusted_by_its_exact_name_alone(string issuer)
    {
        foreach (var key in new[] { SigningKey.Rsa, SigningKey.OtherRsa })
        {
            await server.RefusesStatementAsync(new StatementIssuer("", issuer, key).Statement("\"software_id\":\"a\""), "trusted here");
        }
    }

    [Theory]
    [InlineData("AllowedSoftware=product-8 product-7", true)]
    [InlineData("AllowedSoftware=product-8", false)]
    [InlineData("DeniedSoftware=product-8", true)]
    [InlineData("DeniedSoftware=product-8 product-7", false)]
    [Requirement("SS-20")]
    public async Task Vouches_for_software_that_may_register_here(string list, bool approved)
    {
        await using var choosy = await RunningServer.StartAsync(StatementIssuer.One.Trusted(list));
        const string Software = "\"software_id\":\"product-7\"";

        if (approved)
        {
            await choosy.RegisterStatedAsync(Software);
        }
        else
        {
            await choosy.RefusedAsync(Unapproved, StatedCalls.Body(StatementIssuer.One.Statement(Software)));
        }

        // What is not genuine is not said to be unapproved.
        var forged = (StatementIssuer.One with { Key = SigningKey.OtherRsa }).Statement(Software);
        await choosy.RefusedAsync("invalid_software_statement", StatedCalls.Body(forged));
    }

    [Fact]
    [Requirement("SS-20")]
    public async Task Vouches_for_no_such_software_in_an_update_either()
    {
        await using var choosy = await RunningServer.StartAsync(StatementIssuer.One.Trusted("DeniedSoftware=product-8"));
        var client = await choosy.RegisterStatedAsync();
        var before = (await client.ReadAsync()).Body;

        var refused = await client.PutAsync(client.Update(StatementIssuer.One.Statement("\"software_id\":\"product-8\"")));

        refused.IsRefusal(Unapproved, HttpStatusCode.BadRequest, refused.Body);
        Assert.Equal(before, (await client.ReadAsync()).Body);
    }

    [Fact]
    [Requirement("7591-5-06")]
    public async Task Is_shown_with_its_clients_to_those_who_decide()
    {
        var (vouched, other, plain) = (
            await server.RegisterStatedAsync(),
            await OwnRecord.RegisterAsync(server, StatedCalls.Body(StatementIssuer.Other.Statement("\"software_id\":\"a\""))),
            await OwnRecord.RegisterAsync(server));

        foreach (var (client, issuer, admitted) in new[]
        {
            (vouched, StatementIssuer.One.Name, "software_statement"), (other, StatementIssuer.Other.Name, "software_statement"), (plain, "", "open"),
        })
        {
            var listed = await server.ClientAsync(client.ClientId);
            Assert.Equal((issuer, admitted, issuer.Length == 0), (listed.StatementIssuer, listed.AdmittedBy, listed.SelfAsserted));
            var seen = (await server.Directory().GetClientAsync(new() { ClientId = client.ClientId })).Client;
            Assert.Equal((issuer, issuer.Length == 0), (seen.StatementIssuer, seen.SelfAsserted));
            var json = (await server.AdminAsync(HttpMethod.Get, "clients/" + client.ClientId)).Json;
            Assert.Equal(issuer.Length == 0, json.GetProperty("self_asserted").GetBoolean());
        }
    }

    [Fact]
    [Requirement("7591-3.1.1-02")]
    public async Task Is_needed_for_statements_to_count_at_all()
    {
        await using var without = await RunningServer.StartAsync();

        var answer = (await without.RegisterAsync(StatedCalls.Body(StatementIssuer.One.Statement("\"client_name\":\"A\"")))).IsRegistration();

        Assert.False(answer.Json.TryGetProperty("software_statement", out _));
        Assert.False(answer.Json.TryGetProperty("client_name", out _));
    }
}
