using System.Net;
using System.Text.Json;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Clients that administrators create.</summary>
public sealed class CreatedClientTests
{
    private const string Metadata =
        """{"redirect_uris":["https://client.example/cb"],"client_name":"Example","client_name#de":"Beispiel"}""";

    [Fact]
    public async Task A_created_client_is_active_and_has_its_credentials_whether_registration_is_open_or_not()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AdminAsync(HttpMethod.Post, "registration:close", "{}");

        var created = await CreateAsync(server, $$"""{"metadata":{{Metadata}},"owner":"Partner Ltd","reason":"contract 7"}""");

        Assert.True(created.Status == HttpStatusCode.OK, created.Body);
        var id = created.Json.GetProperty("client").GetProperty("client_id").GetString()!;
        var seen = await server.ClientAsync(id);
        Assert.Equal(
            (ClientState.Active, V1.Admission.Administrator, "Partner Ltd", "contract 7", false, "Beispiel"),
            (seen.State, seen.Admission, seen.Owner, seen.StateReason, seen.HasSourceAddress, seen.Metadata.Localized["client_name#de"]));
        Assert.Equal(id, (await server.AuthenticateAsync(id, created.Text("client_secret"))).Client.ClientId);
        Assert.EndsWith("/oauth/register/" + id, created.Text("registration_client_uri"), StringComparison.Ordinal);
        var own = new OwnRecord(server, id, created.Text("registration_access_token")!, Secret: null);
        Assert.Equal("active", (await own.ReadAsync()).IsRecord().Text("client_status"));

        var listed = (await server.Administration().ListClientsAsync(
            new() { Filter = new() { Admission = V1.Admission.Administrator } })).Clients;
        Assert.Equal(id, Assert.Single(listed).ClientId);
    }

    [Fact]
    public async Task The_creation_is_recorded_with_its_actor_and_without_a_credential()
    {
        await using var server = await RunningServer.StartAsync();

        var created = await CreateAsync(server, $$"""{"metadata":{{Metadata}},"owner":"Partner Ltd","reason":"contract 7"}""");

        var recorded = Assert.Single(await server.EventsAsync(new() { Type = AuditEventType.ClientCreated }));
        Assert.Equal(
            (true, "admin", ActorRole.Admin, "contract 7", 1, "127.0.0.1"),
            (recorded.Succeeded, recorded.Actor.Name, recorded.Actor.Role, recorded.Reason, recorded.ClientRevision,
                recorded.SourceAddress));
        Assert.Equal(created.Json.GetProperty("client").GetProperty("client_id").GetString(), recorded.ClientId);
        Assert.Equal(
            (ClientState.Active, V1.Admission.Administrator, "Partner Ltd"),
            (recorded.ClientRegistered.State, recorded.ClientRegistered.Admission, recorded.ClientRegistered.Owner));
        Assert.Contains(recorded.ClientRegistered.Members, member => member is { Member: "client_name", After: "\"Example\"" });
        var everything = recorded + string.Join('\n', server.Log.All);
        Assert.DoesNotContain(created.Text("client_secret")!, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Text("registration_access_token")!, everything, StringComparison.Ordinal);
        Assert.Contains(
            server.Log.All, line => line.Contains($"CLIENT_CREATED {recorded.ClientId} by admin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_violation_is_named_and_nothing_is_stored()
    {
        await using var server = await RunningServer.StartAsync();

        var refused = await CreateAsync(
            server, """{"metadata":{"redirect_uris":["http://client.example/cb"],"logo_uri":7,"client_uri":"x"},"owner":"Partner"}""");

        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REDIRECT_URI");
        foreach (var field in new[] { "metadata.redirect_uris[0]", "metadata.logo_uri", "metadata.client_uri" })
        {
            Assert.Contains($"\"field\":\"{field}\"", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(0, await server.CountClientsAsync());
        var recorded = Assert.Single(await server.EventsAsync(new() { Type = AuditEventType.ClientCreated }));
        Assert.Equal((false, "INVALID_REDIRECT_URI"), (recorded.Succeeded, recorded.Refusal.Reason));
        (await CreateAsync(server, $$"""{"metadata":{{Metadata}},"owner":"a\u0007b"}""")).IsStatus(
            HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
    }

    [Fact]
    public async Task A_rule_that_refuses_is_for_administrators_too_and_one_that_holds_is_not()
    {
        await using var server = await RunningServer.StartAsync();
        await BlockAsync(server, "CLIENT_NAME", "Example", "HOLD");
        await BlockAsync(server, "SOURCE_NETWORK", "127.0.0.0/8", "REFUSE");
        var held = await CreateAsync(server, $$"""{"metadata":{{Metadata}}}""");
        await BlockAsync(server, "REDIRECT_HOST", "client.example", "REFUSE");

        var refused = await CreateAsync(server, $$"""{"metadata":{{Metadata}}}""");

        Assert.Equal("ACTIVE", held.Json.GetProperty("client").GetProperty("state").GetString());
        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REDIRECT_URI");
    }

    [Fact]
    public async Task No_profile_narrows_what_an_administrator_creates()
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:AllowedScopes=openid write", "Registration:DefaultScope=openid",
            "Registration:RefuseUnsupportedScopes=true",
            "Registration:Profiles:Anonymous:AllowedScopes=openid");
        var metadata = Bodies.With("\"scope\":\"openid write\"");

        var created = await CreateAsync(server, $$"""{"metadata":{{metadata}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, (await server.RegisterAsync(metadata)).Status);
        var client = created.Json.GetProperty("client");
        Assert.Equal("openid write", client.GetProperty("metadata").GetProperty("scope").GetString());
        var own = new OwnRecord(
            server, client.GetProperty("client_id").GetString()!, created.Text("registration_access_token")!,
            created.Text("client_secret"));
        var updated = (await own.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\"],\"scope\":\"write\"")).IsRecord();
        Assert.Equal("write", updated.Text("scope"));
    }

    [Fact]
    public async Task A_repeated_creation_creates_nothing_and_names_the_client()
    {
        await using var server = await RunningServer.StartAsync();
        var request = new CreateClientRequest
        {
            Metadata = new() { RedirectUris = { "https://client.example/cb" }, TokenEndpointAuthMethod = "none" },
            RequestId = $"{Guid.CreateVersion7()}",
        };

        var created = await server.Administration().CreateClientAsync(request);
        var repeated = await CreateAsync(
            server, JsonSerializer.Serialize(new { metadata = new { client_name = "Other" }, request_id = request.RequestId }));

        Assert.False(created.HasClientSecret);
        repeated.IsStatus(HttpStatusCode.Conflict, (int)StatusCode.AlreadyExists, "REQUEST_ALREADY_DONE");
        Assert.Contains(created.Client.ClientId, repeated.Body, StringComparison.Ordinal);
        Assert.Equal(1, await server.CountClientsAsync());
    }

    private static Task<Answer> CreateAsync(RunningServer server, string body) => server.AdminAsync(HttpMethod.Post, "clients", body);

    private static async Task BlockAsync(RunningServer server, string subject, string value, string effect) => Assert.Equal(
        HttpStatusCode.OK,
        (await server.AdminAsync(
            HttpMethod.Post, "block-rules", JsonSerializer.Serialize(new { subject, value, effect, reason = "r" }))).Status);
}
