using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Two administrators approve, each at another of two instances that share a database.</summary>
public sealed class SeveralInstancesTests : IAsyncLifetime
{
    private const string Alice = "token-of-alice-for-the-tests";
    private const string Bob = "token-of-bob-for-the-tests";

    private PostgresServer? _postgres;
    private RunningServer? _first;
    private RunningServer? _second;

    private RunningServer First => _first!;

    private RunningServer Second => _second!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync("fsync=off");
        _first = await StartAsync();
        _second = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var used in new IAsyncDisposable?[] { _first, _second, _postgres })
        {
            await (used?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [Fact]
    public async Task The_second_approval_counts_wherever_the_first_was_given()
    {
        var registered = (await First.RegisterAsync(Bodies.Smallest)).IsRegistration();
        var (id, secret) = (registered.Text("client_id")!, registered.Text("client_secret")!);

        var given = await ApproveAsync(First, id, Alice, (await First.ClientAsync(id)).Etag);
        var seen = await Second.ClientAsync(id);
        var again = await Assert.ThrowsAsync<RpcException>(() => ApproveAsync(Second, id, Alice, seen.Etag));
        var approved = await ApproveAsync(Second, id, Bob, seen.Etag);

        Assert.Equal((ClientState.Pending, 2, given.Etag), (given.State, given.ApprovalsNeeded, seen.Etag));
        Assert.Equal("alice", Assert.Single(seen.Approvals).Actor.Name);
        Assert.Equal(StatusCode.FailedPrecondition, again.StatusCode);
        Assert.Contains("approved this already", again.Status.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ClientState.Active, approved.State);
        foreach (var instance in new[] { First, Second })
        {
            Assert.Equal(["alice", "bob"], (await instance.ClientAsync(id)).Approvals.Select(approval => approval.Actor.Name));
            Assert.Equal(id, (await instance.AuthenticateAsync(id, secret)).Client.ClientId);
            Assert.Equal(
                [
                    (AuditEventType.ClientApprovalGiven, "alice", true),
                    (AuditEventType.ClientApproved, "alice", false),
                    (AuditEventType.ClientApproved, "bob", true),
                ],
                (await instance.EventsAsync(new() { ClientId = id })).Skip(1).Select(e => (e.Type, e.Actor.Name, e.Succeeded)));
        }
    }

    [Fact]
    public async Task Of_two_at_the_same_time_one_is_told_to_read_again()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await First.ClientInAsync(ClientState.Pending);
            var etag = (await First.ClientAsync(id)).Etag;

            var answers = await Task.WhenAll(StatusAsync(First, id, Alice, etag), StatusAsync(Second, id, Bob, etag));

            Assert.Equal([StatusCode.OK, StatusCode.Aborted], answers.Order());
            Assert.Single((await First.ClientAsync(id)).Approvals);
        }
    }

    private static async Task<StatusCode> StatusAsync(RunningServer server, string id, string token, string etag) =>
        await Record.ExceptionAsync(() => ApproveAsync(server, id, token, etag)) is { } refusal
            ? Assert.IsType<RpcException>(refusal).StatusCode
            : StatusCode.OK;

    private static async Task<Admin.V1.Client> ApproveAsync(RunningServer server, string id, string token, string etag) =>
        (await server.Administration(token).ApproveClientAsync(new() { ClientId = id, Etag = etag })).Client;

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(
        "Storage:Engine=Postgres", "Storage:Postgres:ConnectionString=" + _postgres!.ConnectionString, "!Storage:LiteDb",
        "Authentication:Tokens:alice:Token=" + Alice, "Authentication:Tokens:alice:Roles=admin",
        "Authentication:Tokens:bob:Token=" + Bob, "Authentication:Tokens:bob:Roles=approver", "Registration:ApprovalsNeeded=2");
}
