using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;
using RegisteredClient = GrpcDcr.Admin.V1.Client;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Members of metadata that administrators change.</summary>
public sealed class EditedClientTests : IAsyncLifetime
{
    private const string Uris = "\"redirect_uris\":[\"https://client.example/cb\"]";

    private const string Described =
        "\"scope\":\"openid read write\",\"client_uri\":\"https://client.example/\",\"client_name\":\"Example\"";

    private RunningServer? _server;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        "Registration:AllowedScopes=openid read write", "Registration:DefaultScope=openid",
        "Registration:GrantTypes=authorization_code refresh_token client_credentials");

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    [Theory]
    [InlineData("scope,client_name")]
    [InlineData("scope,clientName")]
    public async Task Named_members_change_at_once_and_the_change_is_recorded(string mask)
    {
        var own = await ActiveAsync(Described);
        var before = await Server.ClientAsync(own.ClientId);

        var edited = await EditAsync(own, mask, "\"scope\":\"openid\",\"client_name\":\"Other\"", "too much");

        Assert.True(edited.Status == HttpStatusCode.OK, edited.Body);
        Assert.Null(edited.Text("client_secret"));
        var after = await Server.ClientAsync(own.ClientId);
        Assert.Equal(
            new RegisteredClient(before)
            {
                Metadata = new(before.Metadata) { Scope = "openid", ClientName = "Other" },
                Revision = before.Revision + 1,
                Etag = after.Etag,
                UpdateTime = after.UpdateTime,
            },
            after);
        Assert.Equal("openid", (await own.ReadAsync()).IsRecord().Text("scope"));
        var recorded = Assert.Single(await Server.EventsAsync(new() { ClientId = own.ClientId, Type = AuditEventType.ClientUpdated }));
        Assert.Equal(
            ("admin", ActorRole.Admin, "too much", after.Revision, false),
            (recorded.Actor.Name, recorded.Actor.Role, recorded.Reason, recorded.ClientRevision, recorded.ClientUpdated.AwaitingApproval));
        Assert.Equal(
            [("client_name", "\"Example\"", "\"Other\""), ("scope", "\"openid read write\"", "\"openid\"")],
            recorded.ClientUpdated.Members.Select(member => (member.Member, member.Before, member.After)).Order());
    }

    [Theory]
    [InlineData(ClientState.Pending)]
    [InlineData(ClientState.Suspended)]
    [InlineData(ClientState.Rejected)]
    public async Task The_state_stays(ClientState state)
    {
        var id = await Server.ClientInAsync(state);

        var edited = await Server.Administration().UpdateClientAsync(new()
        {
            ClientId = id,
            Etag = (await Server.ClientAsync(id)).Etag,
            UpdateMask = new() { Paths = { "redirect_uris" } },
            Metadata = new() { RedirectUris = { "https://elsewhere.example/cb" } },
        });

        Assert.Equal((state, ["https://elsewhere.example/cb"]), (edited.Client.State, edited.Client.Metadata.RedirectUris));
    }

    [Fact]
    public async Task A_member_includes_its_languages_and_without_a_value_it_is_removed()
    {
        var own = await ActiveAsync(
            "\"client_name\":\"Evil\",\"client_name#de\":\"B\u00f6se\",\"client_uri\":\"https://client.example/\",\"scope\":\"read\"");

        await EditAsync(own, "client_name,client_uri", "\"client_name\":\"Good\",\"client_name#fr\":\"Bon\"");

        var after = (await Server.ClientAsync(own.ClientId)).Metadata;
        Assert.Equal(("Good", false, "read"), (after.ClientName, after.HasClientUri, after.Scope));
        Assert.Equal("client_name#fr", Assert.Single(after.Localized).Key);
    }

    [Theory]
    [InlineData("", "", "update_mask")]
    [InlineData("scope,skope,localized", "", "update_mask")]
    [InlineData("scope", "\"scope\":\"read\",\"client_uri\":\"https://c.example/\"", "metadata.client_uri")]
    [InlineData("scope", "\"client_name#de\":\"X\"", "metadata.client_name#de")]
    public async Task What_is_not_named_or_unknown_is_refused(string mask, string members, string field)
    {
        var own = await ActiveAsync("\"scope\":\"read\"");
        var before = await Server.ClientAsync(own.ClientId);

        var refused = await EditAsync(own, mask, members);

        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.Contains($"\"field\":\"{field}\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(before, await Server.ClientAsync(own.ClientId));
        var recorded = Assert.Single(await Server.EventsAsync(new() { ClientId = own.ClientId, Type = AuditEventType.ClientUpdated }));
        Assert.Equal("INVALID_REQUEST", recorded.Refusal.Reason);
    }

    [Fact]
    public async Task The_result_is_validated_as_a_whole()
    {
        var own = await ActiveAsync("\"scope\":\"read\"");

        var refused = await EditAsync(own, "redirect_uris,logo_uri", "\"logo_uri\":\"x\"");

        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REDIRECT_URI");
        Assert.Contains("\"field\":\"metadata.redirect_uris\"", refused.Body, StringComparison.Ordinal);
        Assert.Contains("\"field\":\"metadata.logo_uri\"", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_changes_without_the_etag_of_now()
    {
        var own = await ActiveAsync("\"scope\":\"read\"");

        var none = await PatchAsync(own, """{"update_mask":"scope","metadata":{"scope":"openid"}}""");
        var old = await PatchAsync(own, """{"update_mask":"scope","metadata":{"scope":"openid"},"etag":"v1"}""");

        none.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        old.IsStatus(HttpStatusCode.Conflict, (int)StatusCode.Aborted, "ETAG_MISMATCH");
        Assert.Equal("read", (await Server.ClientAsync(own.ClientId)).Metadata.Scope);
    }

    [Fact]
    public async Task A_pending_update_gets_the_same_change_so_that_approving_it_does_not_undo_it()
    {
        var own = await ActiveAsync("\"scope\":\"openid read write\"");
        (await own.UpdateAsync("\"redirect_uris\":[\"https://new.example/cb\"],\"scope\":\"openid read write\"")).IsRecord();

        Assert.Equal(HttpStatusCode.OK, (await EditAsync(own, "scope", "\"scope\":\"openid\"")).Status);
        var edited = await Server.ClientAsync(own.ClientId);
        await Server.ActAsync(own.ClientId, "approve");

        Assert.Equal(("openid", []), (edited.Metadata.Scope, edited.Metadata.RedirectUris));
        Assert.Equal("openid", edited.PendingUpdate.Metadata.Scope);
        Assert.Equal(["redirect_uris"], edited.PendingUpdate.Changes.Select(change => change.Member));
        var approved = (await Server.ClientAsync(own.ClientId)).Metadata;
        Assert.Equal(("openid", ["https://new.example/cb"]), (approved.Scope, approved.RedirectUris));
    }

    [Fact]
    public async Task A_pending_update_ends_if_it_has_nothing_left_to_change()
    {
        var own = await ActiveAsync("\"scope\":\"read\"");
        (await own.UpdateAsync("\"redirect_uris\":[\"https://new.example/cb\"],\"scope\":\"read\"")).IsRecord();
        Assert.NotNull((await Server.ClientAsync(own.ClientId)).PendingUpdate);

        await EditAsync(own, "redirect_uris", "\"redirect_uris\":[\"https://new.example/cb\"]");

        Assert.Null((await Server.ClientAsync(own.ClientId)).PendingUpdate);
        Assert.False((await own.ReadAsync()).IsRecord().Json.TryGetProperty("pending_update", out _));
    }

    [Fact]
    public async Task A_change_that_would_break_the_pending_update_is_refused()
    {
        var own = await ActiveAsync("\"scope\":\"read\"");
        (await own.UpdateAsync($"{Uris},\"scope\":\"read\",\"grant_types\":[\"authorization_code\",\"client_credentials\"]")).IsRecord();

        var refused = await EditAsync(own, "token_endpoint_auth_method", "\"token_endpoint_auth_method\":\"none\"");

        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_CLIENT_METADATA");
        await Server.ActAsync(own.ClientId, "reject");
        Assert.Equal(
            HttpStatusCode.OK,
            (await EditAsync(own, "token_endpoint_auth_method", "\"token_endpoint_auth_method\":\"none\"")).Status);
    }

    [Fact]
    public async Task A_secret_that_is_needed_since_then_is_shown_and_one_that_is_not_ends()
    {
        var own = await ActiveAsync("\"token_endpoint_auth_method\":\"none\"");

        var needed = await EditAsync(own, "token_endpoint_auth_method", "\"token_endpoint_auth_method\":\"client_secret_basic\"");
        var authenticated = await Server.AuthenticateAsync(own.ClientId, needed.Text("client_secret"));
        var ended = await EditAsync(own, "token_endpoint_auth_method", "\"token_endpoint_auth_method\":\"none\"");

        Assert.Equal(own.ClientId, authenticated.Client.ClientId);
        Assert.False(ended.Json.GetProperty("client").GetProperty("has_secret").GetBoolean());
    }

    [Fact]
    public async Task Approvals_of_what_changed_are_dropped()
    {
        await using var server = await RunningServer.StartAsync("Registration:ApprovalsNeeded=2");
        var id = await server.ClientInAsync(ClientState.Pending);
        await server.ActAsync(id, "approve");
        var given = await server.ClientAsync(id);

        var edited = await server.Administration().UpdateClientAsync(new()
        {
            ClientId = id,
            Etag = given.Etag,
            UpdateMask = new() { Paths = { "client_name" } },
            Metadata = new() { ClientName = "Other" },
        });

        Assert.Single(given.Approvals);
        Assert.Equal((ClientState.Pending, 0), (edited.Client.State, edited.Client.Approvals.Count));
    }

    private async Task<OwnRecord> ActiveAsync(string members)
    {
        var own = await OwnRecord.RegisterAsync(Server, "{" + Uris + "," + members + "}");
        Assert.Equal(HttpStatusCode.OK, (await Server.ActAsync(own.ClientId, "approve")).Status);
        return own;
    }

    private async Task<Answer> EditAsync(OwnRecord own, string mask, string members, string reason = "")
    {
        var seen = (await Server.ClientAsync(own.ClientId)).Etag;
        return await PatchAsync(
            own, $$"""{"update_mask":"{{mask}}","metadata":{ {{members}} },"reason":"{{reason}}","etag":"{{seen}}"}""");
    }

    private Task<Answer> PatchAsync(OwnRecord own, string body) =>
        Server.AdminAsync(HttpMethod.Patch, "clients/" + own.ClientId, body);
}
