using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>What an approved client adds to itself waits for approval; what it gives up ends at once.</summary>
public sealed class WideningTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Registered = """
        {"client_name":"App","redirect_uris":["https://app.example/cb","https://app.example/old"],"scope":"openid email",
        "grant_types":["authorization_code","refresh_token"],"contacts":["a@app.example"]}
        """;

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("redirect_uris", "\"client_name\":\"App\",\"redirect_uris\":[\"https://other.example/cb\"],\"scope\":\"openid\"")]
    [InlineData(
        "redirect_uris",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\",\"http://127.0.0.1/cb\"],\"scope\":\"openid\"")]
    [InlineData(
        "redirect_uris",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\",\"com.app.example:/cb\"],\"scope\":\"openid\"")]
    [InlineData("scope", "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid offline_access\"")]
    [InlineData(
        "grant_types",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\","
            + "\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]")]
    [InlineData("client_name", "\"client_name\":\"Other\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\"")]
    [InlineData(
        "token_endpoint_auth_method",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\","
            + "\"token_endpoint_auth_method\":\"none\"")]
    [InlineData(
        "client_uri",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\","
            + "\"client_uri\":\"https://other.example/\"")]
    [InlineData(
        "policy_uri",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\","
            + "\"policy_uri\":\"https://other.example/p\"")]
    [InlineData(
        "jwks_uri",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\","
            + "\"jwks_uri\":\"https://app.example/keys\"")]
    [InlineData(
        "software_id",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\",\"software_id\":\"other\"")]
    [InlineData(
        "client_name#ja",
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\",\"client_name#ja\":\"Other\"")]
    public async Task Waits_for_approval(string member, string update)
    {
        var client = await ApprovedAsync();

        Assert.Equal("active", (await client.UpdateAsync(update)).IsRecord().Text("client_status"));

        var waiting = await _server.ClientAsync(client.ClientId);
        Assert.Equal(ClientState.Active, waiting.State);
        Assert.Contains(member, waiting.PendingUpdate.Changes.Select(change => change.Member));
        Assert.Contains(
            client.ClientId,
            (await _server.Administration().ListClientsAsync(
                new() { Filter = new() { AwaitingApproval = true }, PageSize = 500 })).Clients.Select(c => c.ClientId));
    }

    [Theory]
    [InlineData("\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/another/path\"],\"scope\":\"openid\"")]
    [InlineData(
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"email\",\"contacts\":[\"b@app.example\"],"
            + "\"tos_uri\":\"https://app.example/tos\"")]
    [InlineData(
        "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"email\","
            + "\"token_endpoint_auth_method\":\"client_secret_post\"")]
    public async Task Takes_effect_at_once_where_nothing_is_widened(string update)
    {
        var client = await ApprovedAsync();

        Assert.Equal("active", (await client.UpdateAsync(update)).IsRecord().Text("client_status"));

        Assert.Equal(ClientState.Active, (await _server.ClientAsync(client.ClientId)).State);
    }

    [Fact]
    [Requirement("7592-2.2-20")]
    public async Task The_approved_version_stays_in_force_less_what_the_client_gave_up()
    {
        var client = await ApprovedAsync();
        await client.UpdateAsync(
            "\"client_name\":\"Evil\",\"redirect_uris\":[\"https://app.example/cb\",\"https://other.example/cb\"],\"scope\":\"openid "
                + "offline_access\"");

        var inForce = (await _server.Directory().GetClientAsync(new() { ClientId = client.ClientId })).Client;

        Assert.Equal(ClientState.Active, inForce.State);
        Assert.Equal(["https://app.example/cb"], inForce.Metadata.RedirectUris);
        Assert.Equal(("openid", "App"), (inForce.Metadata.Scope, inForce.Metadata.ClientName));
        Assert.Equal(["authorization_code"], inForce.Metadata.GrantTypes);
        Assert.True(await AllowsAsync(client, "https://app.example/cb"));
        Assert.False(await AllowsAsync(client, "https://app.example/old"));
        Assert.False(await AllowsAsync(client, "https://other.example/cb"));
        await _server.AuthenticateAsync(client.ClientId, client.Secret);
    }

    [Fact]
    public async Task An_administrator_sees_the_difference_member_by_member_and_approves_it()
    {
        var client = await ApprovedAsync();
        await client.UpdateAsync("\"client_name\":\"App\",\"redirect_uris\":[\"https://other.example/cb\"],\"scope\":\"openid\"");
        var waiting = await _server.ClientAsync(client.ClientId);
        var change = Assert.Single(waiting.PendingUpdate.Changes);
        Assert.Equal(("redirect_uris", false, "[\"https://other.example/cb\"]"), (change.Member, change.HasBefore, change.After));

        await _server.ActAsync(client.ClientId, "approve");

        Assert.True(await AllowsAsync(client, "https://other.example/cb"));
        Assert.False(await AllowsAsync(client, "https://app.example/cb"));
        Assert.Equal("active", (await client.ReadAsync()).IsRecord().Text("client_status"));
        Assert.Null((await _server.ClientAsync(client.ClientId)).PendingUpdate);
    }

    [Fact]
    public async Task A_rejected_update_leaves_the_client_as_it_was_approved()
    {
        var client = await ApprovedAsync();
        await client.UpdateAsync("\"client_name\":\"Evil\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\"");

        await _server.ActAsync(client.ClientId, "reject");

        var read = (await client.ReadAsync()).IsRecord();
        Assert.Equal(("active", "App"), (read.Text("client_status"), read.Text("client_name")));
    }

    [Fact]
    public async Task A_suspended_client_cannot_update_itself_back_into_use()
    {
        var client = await ApprovedAsync();
        await _server.ActAsync(client.ClientId, "suspend");

        var refused = await client.UpdateAsync(
            "\"client_name\":\"App\",\"redirect_uris\":[\"https://other.example/cb\"],\"scope\":\"openid\"");
        refused.IsRefusal("access_denied", System.Net.HttpStatusCode.Forbidden, refused.Body);

        await _server.ActAsync(client.ClientId, "reinstate");

        var reinstated = await _server.ClientAsync(client.ClientId);
        Assert.Equal(ClientState.Active, reinstated.State);
        Assert.Null(reinstated.PendingUpdate);
        Assert.False(await AllowsAsync(client, "https://other.example/cb"));
    }

    [Fact]
    public async Task A_second_update_that_takes_back_the_widening_needs_no_approval()
    {
        var client = await ApprovedAsync();
        await client.UpdateAsync(
            "\"client_name\":\"App\",\"redirect_uris\":[\"https://other.example/cb\",\"https://app.example/cb\"],\"scope\":\"openid\"");

        var back = (await client.UpdateAsync("\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid\""))
            .IsRecord();

        Assert.Equal("active", back.Text("client_status"));
    }

    [Fact]
    public async Task Policy_may_refuse_it_instead()
    {
        await using var strict = await RunningServer.StartAsync("Registration:WideningUpdates=Refuse");
        var client = await OwnRecord.RegisterAsync(strict, Registered);
        await strict.ActAsync(client.ClientId, "approve");

        var refused = await client.UpdateAsync(
            "\"client_name\":\"App\",\"redirect_uris\":[\"https://app.example/cb\"],\"scope\":\"openid offline_access\"");

        refused.IsRefusal("invalid_client_metadata", System.Net.HttpStatusCode.BadRequest, refused.Body);
        Assert.Contains("scope", refused.Description, StringComparison.Ordinal);
        Assert.Equal("openid email", (await client.ReadAsync()).IsRecord().Text("scope"));
    }

    private async Task<OwnRecord> ApprovedAsync()
    {
        var client = await OwnRecord.RegisterAsync(_server, Registered);
        await _server.ActAsync(client.ClientId, "approve");
        return client;
    }

    private async Task<bool> AllowsAsync(OwnRecord client, string uri) =>
        (await _server.Directory().CheckRedirectUriAsync(new() { ClientId = client.ClientId, RedirectUri = uri })).Allowed;
}
