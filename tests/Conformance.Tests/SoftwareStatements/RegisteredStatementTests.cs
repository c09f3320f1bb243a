using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>Updates under the statement that a client registered with: it gives no right that its issuer withdrew.</summary>
public sealed class RegisteredStatementTests : IDisposable
{
    private const string Wider = "\"redirect_uris\":[\"https://evil.example/cb\"],\"scope\":\"openid email profile\"";

    private static readonly string[] Trusted =
        [.. StatementServer.Trust("main", Statement.Issuer), SettingOfMain("AutomaticApproval=true")];

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;

    [Theory]
    [InlineData("DeniedSoftware=product-7")]
    [InlineData("AllowedSoftware=product-8")]
    [Requirement("7592-2.2-21")]
    public async Task Software_that_is_denied_since_cannot_update(string denial)
    {
        var (registered, statement) = await RegisteredAsync(Trusted);
        await using var after = await RunningServer.StartInAsync(_folder, [.. Trusted, SettingOfMain(denial)]);
        var client = registered with { Server = after };
        after.Time.Advance(TimeSpan.FromHours(1));

        var refused = await client.PutAsync(client.Update(statement, Wider));

        refused.IsRefusal("unapproved_software_statement", HttpStatusCode.BadRequest, refused.Body);
        Assert.Equal(["https://client.example/cb"], (await client.ReadAsync()).IsRecord().Json.Strings("redirect_uris"));
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task An_expired_statement_admits_an_update_and_approves_nothing_that_widens()
    {
        await using var server = await RunningServer.StartInAsync(_folder, Trusted);
        var statement = Statement.Of(server.Fresh());
        var client = await OwnRecord.RegisterAsync(server, Statement.Body(statement));
        server.Time.Advance(TimeSpan.FromHours(1));

        var harmless = (await client.PutAsync(client.Update(statement))).IsRecord();
        Assert.Null((await server.ClientAsync(client.ClientId)).PendingUpdate);
        var wider = (await client.PutAsync(client.Update(statement, Wider))).IsRecord();

        Assert.Equal(("active", "active"), (harmless.Text("client_status"), wider.Text("client_status")));
        var waiting = await server.ClientAsync(client.ClientId);
        Assert.Equal(["https://evil.example/cb"], waiting.PendingUpdate.Metadata.RedirectUris);
        Assert.DoesNotContain("https://evil.example/cb", waiting.Metadata.RedirectUris);
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task A_statement_that_could_still_register_a_client_approves_its_updates_as_well()
    {
        await using var server = await RunningServer.StartInAsync(_folder, Trusted);
        var statement = Statement.Of(server.Fresh());
        var client = await OwnRecord.RegisterAsync(server, Statement.Body(statement));

        (await client.PutAsync(client.Update(statement, Wider))).IsRecord();

        Assert.Equal(["https://evil.example/cb"], (await server.ClientAsync(client.ClientId)).Metadata.RedirectUris);
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task A_statement_for_one_use_approves_once()
    {
        await using var server = await RunningServer.StartInAsync(_folder, [.. Trusted, SettingOfMain("OneUse=true")]);
        var statement = Statement.Of(server.Fresh());
        var client = await OwnRecord.RegisterAsync(server, Statement.Body(statement));

        (await client.PutAsync(client.Update(statement, Wider))).IsRecord();

        Assert.NotNull((await server.ClientAsync(client.ClientId)).PendingUpdate);
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task An_expired_statement_activates_no_pending_client()
    {
        var (registered, statement) = await RegisteredAsync(StatementServer.Trust("main", Statement.Issuer));
        await using var after = await RunningServer.StartInAsync(_folder, Trusted);
        var client = registered with { Server = after };
        after.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("pending", (await client.PutAsync(client.Update(statement))).IsRecord().Text("client_status"));
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task Automatic_approval_that_the_issuer_lost_approves_no_update_under_a_new_statement()
    {
        var (registered, _) = await RegisteredAsync(Trusted);
        await using var after = await RunningServer.StartInAsync(_folder, StatementServer.Trust("main", Statement.Issuer));
        var client = registered with { Server = after };

        (await client.PutAsync(client.Update(Statement.Of(after.Fresh()), Wider))).IsRecord();

        Assert.NotNull((await after.ClientAsync(client.ClientId)).PendingUpdate);
    }

    [Theory]
    [InlineData("reject")]
    [InlineData("suspend")]
    [Requirement("7592-2.2-21")]
    public async Task A_statement_brings_no_client_back_that_an_administrator_stopped(string act)
    {
        await using var server = await RunningServer.StartInAsync(_folder, Trusted);
        var client = await OwnRecord.RegisterAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await server.ActAsync(client.ClientId, act)).Status);
        var before = await server.ClientAsync(client.ClientId);

        var refused = await client.PutAsync(client.Update(Statement.Of(server.Fresh())));

        refused.IsRefusal("access_denied", HttpStatusCode.Forbidden, refused.Body);
        Assert.Equal(before, await server.ClientAsync(client.ClientId));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    /// <summary>A client that registered with a statement while the service had these settings.</summary>
    private async Task<(OwnRecord Client, string Statement)> RegisteredAsync(string[] settings)
    {
        await using var server = await RunningServer.StartInAsync(_folder, settings);
        var statement = Statement.Of(server.Fresh());
        return (await OwnRecord.RegisterAsync(server, Statement.Body(statement)), statement);
    }

    private static string SettingOfMain(string setting) => "SoftwareStatements:Issuers:main:" + setting;
}
