using System.Net;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 sections 2.3, 3.2.2 and 5: which software an issuer vouches for, and who sees that it does.</summary>
public sealed class VouchingTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private const string Unapproved = "unapproved_software_statement";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("AllowedSoftware=product-8 product-7", true)]
    [InlineData("AllowedSoftware=product-8", false)]
    [InlineData("AllowedSoftware=PRODUCT-7", false)]
    [InlineData("DeniedSoftware=product-8", true)]
    [InlineData("DeniedSoftware=product-8 product-7", false)]
    [Requirement("SS-20")]
    [Requirement("UK-04")]
    public async Task Is_for_software_that_may_register_here(string list, bool isApproved)
    {
        await using var choosy = await RunningServer.StartAsync(
            [.. StatementServer.Trust("main", Statement.Issuer), "SoftwareStatements:Issuers:main:" + list]);

        if (isApproved)
        {
            await choosy.RegisteredAsync(Statement.Body(Statement.Of()));
        }
        else
        {
            await choosy.RefusedAsync(Unapproved, Statement.Body(Statement.Of()));
        }

        // What is not genuine is not said to be unapproved.
        var forged = SigningKey.OtherRsa.Jwt(Statement.Rs256, Statement.Claims());
        await choosy.RefusedAsync("invalid_software_statement", Statement.Body(forged));
    }

    [Fact]
    [Requirement("SS-20")]
    [Requirement("UK-04")]
    public async Task Is_for_no_other_software_in_an_update()
    {
        var client = await OwnRecord.RegisterAsync(_server, Statement.Body(Statement.Of()));
        var before = (await client.ReadAsync()).IsRecord().Body;
        var denied = SigningKey.Rsa.Jwt(
            Statement.Rs256, Statement.Claims().Replace("product-7", StatementServer.DeniedSoftware, StringComparison.Ordinal));

        (await client.PutAsync(client.Update(denied))).IsRefusal(Unapproved, HttpStatusCode.BadRequest, denied);

        Assert.Equal(before, (await client.ReadAsync()).IsRecord().Body);
    }

    [Theory]
    [InlineData(Statement.Issuer, Admission.SoftwareStatement, "SOFTWARE_STATEMENT")]
    [InlineData(StatementServer.Narrow, Admission.SoftwareStatement, "SOFTWARE_STATEMENT")]
    [InlineData("", Admission.Open, "OPEN")]
    [Requirement("7591-5-06")]
    public async Task Is_shown_to_authorization_servers_and_administrators(string issuer, Admission admission, string name)
    {
        var client = await OwnRecord.RegisterAsync(
            _server, issuer.Length == 0 ? Bodies.Smallest : Statement.Body(Statement.Of(issuer: issuer)));

        var seen = (await _server.Directory().GetClientAsync(new() { ClientId = client.ClientId })).Client;
        Assert.Equal((issuer, issuer.Length == 0), (seen.StatementIssuer, seen.SelfAsserted));
        var listed = await _server.ClientAsync(client.ClientId);
        Assert.Equal((issuer, issuer.Length == 0, admission), (listed.StatementIssuer, listed.SelfAsserted, listed.Admission));
        var json = await _server.AdminAsync(HttpMethod.Get, "clients/" + client.ClientId);
        Assert.Equal((issuer.Length == 0 ? null : issuer, name), (json.Text("statement_issuer"), json.Text("admission")));
        Assert.Equal(issuer.Length == 0, json.Json.GetProperty("self_asserted").GetBoolean());
    }

    [Fact]
    [Requirement("7591-3.1.1-02")]
    public async Task Is_nothing_where_nobody_is_trusted()
    {
        await using var without = await RunningServer.StartAsync();

        var client = await without.RegisteredAsync(Statement.Body(Statement.Of()));

        Assert.False(client.TryGetProperty("software_statement", out _));
        Assert.False(client.TryGetProperty("client_name", out _));
        Assert.True((await without.ClientAsync(client.GetProperty("client_id").GetString()!)).SelfAsserted);
    }
}
