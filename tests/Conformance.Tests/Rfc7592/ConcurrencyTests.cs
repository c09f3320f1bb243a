using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>Many at once, and the same acts over native gRPC.</summary>
public sealed class ConcurrencyTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7592-2.2-22")]
    public async Task Parallel_updates_never_mix()
    {
        var client = await OwnRecord.RegisterAsync(_server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.UpdateAsync(
            $"\"client_name\":\"n{i}\",\"redirect_uris\":[\"https://n{i}.example/cb\"],\"tos_uri\":\"https://n{i}.example/tos\"")));

        Assert.All(answers, answer => answer.IsRecord());
        var left = (await client.ReadAsync()).IsRecord();
        var name = left.Text("client_name")!;
        Assert.Equal([$"https://{name}.example/cb"], left.Json.Strings("redirect_uris"));
        Assert.Equal($"https://{name}.example/tos", left.Text("tos_uri"));
        var events = await _server.AuditLog()
            .ListAuditEventsAsync(new() { ClientId = client.ClientId, Type = AuditEventType.ClientUpdated, PageSize = 500 });
        Assert.Equal(20, events.Events.Count);
    }

    [Fact]
    public async Task Of_two_deletions_one_happens_and_an_update_after_it_does_not()
    {
        var client = await OwnRecord.RegisterAsync(_server);

        var answers = await Task.WhenAll(client.DeleteAsync(), client.DeleteAsync(), client.DeleteAsync());

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.NoContent), answer => answer.IsUnknownToken());
        (await client.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\"]")).IsUnknownToken();
    }

    [Fact]
    public async Task Manages_a_client_over_native_grpc()
    {
        var registered = (await _server.Registration().RegisterClientAsync(
            new() { Metadata = new() { RedirectUris = { "https://client.example/cb" } } })).ClientInformation;
        var own = _server.Registration(registered.RegistrationAccessToken);

        var read = (await own.ReadClientAsync(new() { ClientId = registered.ClientId })).ClientInformation;
        var updated = (await own.UpdateClientAsync(new()
        {
            ClientId = registered.ClientId,
            Client = new() { ClientId = registered.ClientId, Metadata = new() { RedirectUris = { "https://client.example/2" } } },
        })).ClientInformation;
        await own.DeleteClientAsync(new() { ClientId = registered.ClientId });

        Assert.Equal(registered.Metadata, read.Metadata);
        Assert.Equal(["https://client.example/2"], updated.Metadata.RedirectUris);
        await IsUnknownAsync(() => own.ReadClientAsync(new() { ClientId = registered.ClientId }));
    }

    [Fact]
    [Requirement("7592-2-05")]
    public async Task A_token_opens_no_other_client_over_native_grpc()
    {
        var (one, other) = (await OwnRecord.RegisterAsync(_server), await OwnRecord.RegisterAsync(_server));
        var stranger = _server.Registration(one.Token);

        await IsUnknownAsync(() => stranger.ReadClientAsync(new() { ClientId = other.ClientId }));
        await IsUnknownAsync(() => stranger.DeleteClientAsync(new() { ClientId = other.ClientId }));
        await IsUnknownAsync(() => _server.Registration(RunningServer.AdminToken).ReadClientAsync(new() { ClientId = one.ClientId }));

        (await other.ReadAsync()).IsRecord();
        (await one.ReadAsync()).IsRecord();
    }

    [Fact]
    public async Task Every_act_of_a_client_is_recorded_without_its_credentials()
    {
        var client = await OwnRecord.RegisterAsync(
            _server, Bodies.With("\"contacts\":[\"someone@client.example\"],\"client_name\":\"Before\""));
        await client.UpdateAsync(
            $"\"client_secret\":\"{client.Secret}\",\"redirect_uris\":[\"https://client.example/cb\"],\"client_name\":\"After\"");
        await client.DeleteAsync();

        var events = (await _server.AuditLog().ListAuditEventsAsync(
            new() { ClientId = client.ClientId, Order = ListOrder.OldestFirst })).Events;

        Assert.Equal(
            [AuditEventType.ClientRegistered, AuditEventType.ClientUpdated, AuditEventType.ClientDeleted], events.Select(e => e.Type));
        Assert.All(events, e => Assert.Equal(ActorRole.Client, e.Actor.Role));
        Assert.Equal(["", client.ClientId, client.ClientId], events.Select(e => e.Actor.Name));
        var change = Assert.Single(events[1].ClientUpdated.Members, change => change.Member == "client_name");
        Assert.Equal(("\"Before\"", "\"After\""), (change.Before, change.After));
        Assert.All(new[] { client.Secret!, client.Token, "someone@client.example" }, hidden =>
            Assert.DoesNotContain(hidden, events.ToString(), StringComparison.Ordinal));
    }

    private static async Task IsUnknownAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(
            (StatusCode.Unauthenticated, "The registration access token is not valid."), (refused.StatusCode, refused.Status.Detail));
    }
}
