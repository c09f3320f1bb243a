using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;
using RegisteredClient = GrpcDcr.Admin.V1.Client;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Where several administrators must approve.</summary>
public sealed class SeveralApprovalsTests : IAsyncLifetime
{
    private const string Alice = "token-of-alice-for-the-tests";
    private const string Bob = "token-of-bob-for-the-tests";
    private const string Carol = "token-of-carol-for-the-tests";

    private static readonly string[] Approvers =
    [
        "Authentication:Tokens:alice:Token=" + Alice, "Authentication:Tokens:alice:Roles=admin",
        "Authentication:Tokens:bob:Token=" + Bob, "Authentication:Tokens:bob:Roles=approver",
        "Authentication:Tokens:carol:Token=" + Carol, "Authentication:Tokens:carol:Roles=approver",
    ];

    private TestIssuer? _issuer;
    private RunningServer? _server;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _server = await RunningServer.StartAsync(
        [
            .. Approvers, .. _issuer.Settings, "Registration:ApprovalsNeeded=2",
            "Registration:Profiles:InitialAccessToken:ApprovalsNeeded=3",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _issuer!.DisposeAsync();
    }

    [Fact]
    public async Task The_last_of_them_approves_and_each_is_recorded()
    {
        var id = await Server.ClientInAsync(ClientState.Pending);
        var before = await Server.ClientAsync(id);

        var first = await ApproveAsync(id, Alice, "known");
        var second = await ApproveAsync(id, Bob, "checked");

        Assert.Equal((0, 2, ClientState.Pending), (before.Approvals.Count, before.ApprovalsNeeded, before.State));
        Assert.Equal((1, ClientState.Pending, before.Revision), (first.Approvals.Count, first.State, first.Revision));
        Assert.NotEqual(before.Etag, first.Etag);
        Assert.Equal(ClientState.Active, second.State);
        Assert.Equal(
            [("alice", ActorRole.Admin, "known"), ("bob", ActorRole.Approver, "checked")],
            second.Approvals.Select(approval => (approval.Actor.Name, approval.Actor.Role, approval.Reason)));
        Assert.Equal(
            [
                (AuditEventType.ClientApprovalGiven, "alice", "known", false),
                (AuditEventType.ClientApproved, "bob", "checked", true),
            ],
            (await Server.EventsAsync(new() { ClientId = id })).Skip(1).Select(
                e => (e.Type, e.Actor.Name, e.Reason, e.HasClientRevision)));
        Assert.Contains(
            Server.Log.All, line => line.Contains($"CLIENT_APPROVAL_GIVEN {id} by alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_approves_twice()
    {
        var id = await Server.ClientInAsync(ClientState.Pending);
        await ApproveAsync(id, Alice);

        await RefusedAsync(id, Alice, StatusCode.FailedPrecondition, "another administrator must", ignoreCase: true);

        Assert.Equal(ClientState.Pending, (await Server.ClientAsync(id)).State);
    }

    /// <summary>A name of the issuer's that is that of a configured token may be the same person; two subjects are two.</summary>
    [Fact]
    public async Task Another_way_in_does_not_make_another_actor()
    {
        var id = await Server.ClientInAsync(ClientState.Pending);
        await ApproveAsync(id, Alice);

        await RefusedAsync(id, Jwt("Alice"), StatusCode.FailedPrecondition, "approved this already");
        Assert.Equal(ClientState.Active, (await ApproveAsync(id, Jwt("dora"))).State);
    }

    [Fact]
    public async Task Who_issued_the_token_of_the_client_is_none_of_them()
    {
        var issued = await new InitialAccessTokens.InitialAccessTokensClient(Server.As(Alice)).IssueInitialAccessTokenAsync(new());
        var answer = await Server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + issued.Token);
        var id = answer.IsRegistration().Text("client_id")!;

        await RefusedAsync(id, Alice, StatusCode.PermissionDenied, "You issued the initial access token");
        await ApproveAsync(id, Bob);
        await ApproveAsync(id, Carol);
        var approved = await ApproveAsync(id, RunningServer.AdminToken);

        Assert.Equal((3, ClientState.Active), (approved.ApprovalsNeeded, approved.State));
        Assert.Equal("alice", issued.InitialAccessToken.IssuedBy.Name);
    }

    [Fact]
    public async Task Another_document_needs_all_of_them_again_and_the_same_does_not()
    {
        var own = await OwnRecord.RegisterAsync(Server);
        await ApproveAsync(own.ClientId, Alice);

        (await own.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\"]")).IsRecord();
        Assert.Single((await Server.ClientAsync(own.ClientId)).Approvals);
        (await own.UpdateAsync("\"redirect_uris\":[\"https://other.example/cb\"]")).IsRecord();

        Assert.Empty((await Server.ClientAsync(own.ClientId)).Approvals);
        Assert.Equal(ClientState.Pending, (await ApproveAsync(own.ClientId, Bob)).State);
        Assert.Equal(ClientState.Active, (await ApproveAsync(own.ClientId, Alice)).State);
    }

    [Fact]
    public async Task A_pending_update_needs_them_too()
    {
        var own = await OwnRecord.RegisterAsync(Server);
        await ApproveAsync(own.ClientId, Alice);
        await ApproveAsync(own.ClientId, Bob);
        (await own.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\",\"https://other.example/cb\"]")).IsRecord();
        var pending = await Server.ClientAsync(own.ClientId);

        var first = await ApproveAsync(own.ClientId, Bob);
        var second = await ApproveAsync(own.ClientId, Alice);

        Assert.Empty(pending.Approvals);
        Assert.Equal((1, true), (first.Approvals.Count, first.PendingUpdate is not null));
        Assert.Equal("https://client.example/cb", Assert.Single(first.Metadata.RedirectUris));
        Assert.Null(second.PendingUpdate);
        Assert.Equal(2, second.Metadata.RedirectUris.Count);
        Assert.Equal(
            [AuditEventType.ClientApprovalGiven, AuditEventType.ClientApproved],
            (await Server.EventsAsync(new() { ClientId = own.ClientId })).TakeLast(2).Select(e => e.Type));
    }

    [Fact]
    public async Task A_rejection_ends_what_was_approved_so_far()
    {
        var id = await Server.ClientInAsync(ClientState.Pending);
        await ApproveAsync(id, Alice);
        Assert.Equal(HttpStatusCode.OK, (await Server.ActAsync(id, "reject")).Status);

        Assert.Equal(ClientState.Rejected, (await ApproveAsync(id, Alice)).State);
        Assert.Equal(ClientState.Active, (await ApproveAsync(id, Bob)).State);
    }

    [Fact]
    public async Task Two_at_the_same_time_count_as_two_or_one_is_told_to_read_again()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await Server.ClientInAsync(ClientState.Pending);
            var etag = (await Server.ClientAsync(id)).Etag;
            var answers = await Task.WhenAll(new[] { Alice, Bob, Alice, Carol }.Select(async token =>
            {
                try
                {
                    await ApproveAsync(id, token, etag: etag);
                    return StatusCode.OK;
                }
                catch (RpcException e)
                {
                    return e.StatusCode;
                }
            }));

            Assert.Single(answers, answer => answer == StatusCode.OK);
            Assert.Single((await Server.ClientAsync(id)).Approvals);
        }
    }

    [Fact]
    public async Task The_start_warns_where_there_are_too_few_of_them()
    {
        await using var alone = await RunningServer.StartAsync("Registration:ApprovalsNeeded=2");
        await using var enough = await RunningServer.StartAsync([.. Approvers, "Registration:ApprovalsNeeded=4"]);

        Assert.Contains(alone.Log.All, line => line.Contains("Registration:ApprovalsNeeded is 2, but only 1", StringComparison.Ordinal));
        Assert.DoesNotContain(enough.Log.All, line => line.Contains("ApprovalsNeeded", StringComparison.Ordinal));
        Assert.DoesNotContain(Server.Log.All, line => line.Contains("ApprovalsNeeded", StringComparison.Ordinal));
    }

    private string Jwt(string name) => _issuer!.Token(Server.Time.GetUtcNow(), "dcr-approver", name);

    private async Task<RegisteredClient> ApproveAsync(string id, string token, string reason = "", string? etag = null) =>
        (await Server.Administration(token).ApproveClientAsync(new ApproveClientRequest
        {
            ClientId = id,
            Etag = etag ?? (await Server.ClientAsync(id)).Etag,
            Reason = reason,
        })).Client;

    private async Task RefusedAsync(string id, string token, StatusCode status, string said, bool ignoreCase = false)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => ApproveAsync(id, token));
        Assert.Equal(status, refusal.StatusCode);
        Assert.Contains(said, refusal.Status.Detail, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }
}
