using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Interop.Tests.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Interop.Tests;

/// <summary>Administrators and authorization servers come with the access tokens that oidc-provider issues (RFC 9068).</summary>
public sealed class TokenIssuerTests : IAsyncLifetime
{
    private TokenIssuer? _issuer;
    private RunningServer? _server;

    private TokenIssuer Issuer => _issuer!;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        _server = await RunningServer.StartAsync(Issuer.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_person_who_signed_in_approves_and_is_named_in_the_audit_log()
    {
        var id = await Server.ClientInAsync(ClientState.Pending);
        var (token, _) = await Issuer.AliceAsync();

        Assert.Equal(HttpStatusCode.OK, (await ListAsync(token)).Status);
        await Server.Administration(token).ApproveClientAsync(new() { ClientId = id, Etag = (await Server.ClientAsync(id)).Etag });

        var audit = await Server.AuditLog().ListAuditEventsAsync(new() { ClientId = id, Type = AuditEventType.ClientApproved });
        Assert.Equal(
            new Actor
            {
                Name = "alice",
                Role = ActorRole.Approver,
                AuthenticationMethod = AuthenticationMethod.Jwt,
                Issuer = Issuer.Issuer,
                Subject = "alice",
            },
            Assert.Single(audit.Events).Actor);
    }

    [Theory]
    [InlineData("dcr-admin", "list close find")]
    [InlineData("dcr-approver", "list")]
    [InlineData("dcr-viewer", "list")]
    [InlineData("dcr-directory", "find")]
    [InlineData("unknown", "")]
    public async Task A_program_may_do_what_its_role_allows(string role, string allowed)
    {
        var id = await Server.ClientInAsync(ClientState.Active);
        var token = await Issuer.ProgramAsync(role);
        Dictionary<string, Func<Task>> acts = new()
        {
            ["list"] = async () => await Server.Administration(token).ListClientsAsync(new()),
            ["close"] = async () => await new RegistrationControl.RegistrationControlClient(Server.As(token))
                .CloseRegistrationAsync(new() { Reason = "night" }),
            ["find"] = async () => await Server.Directory(token).GetClientAsync(new() { ClientId = id }),
        };

        foreach (var (act, call) in acts)
        {
            var refusal = await Record.ExceptionAsync(call);
            Assert.Equal(
                allowed.Split(' ').Contains(act) ? null : StatusCode.PermissionDenied, (refusal as RpcException)?.StatusCode);
        }

        Assert.Equal(allowed.Contains("list", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
            (await ListAsync(token)).Status);
    }

    /// <summary>The ID token names this service as its audience and has a role: its type alone makes it the wrong one.</summary>
    [Theory]
    [InlineData("ID token")]
    [InlineData("for another audience")]
    [InlineData("no JWT")]
    [InlineData("expired")]
    public async Task What_is_no_access_token_for_this_service_lets_nobody_in(string what)
    {
        var token = what switch
        {
            "ID token" => (await Issuer.AliceAsync()).IdToken,
            "for another audience" => await Issuer.ProgramAsync("dcr-admin", "https://other.example"),
            "no JWT" => await Issuer.ProgramAsync("dcr-admin", resource: null),
            "expired" => await ExpiredAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };

        (await ListAsync(token)).IsStatus(HttpStatusCode.Unauthorized, 16, "CREDENTIAL_INVALID");
        foreach (Func<Task> call in (Func<Task>[])[
            async () => await Server.Administration(token).ListClientsAsync(new()),
            async () => await Server.Directory(token).GetClientAsync(new() { ClientId = "any" })])
        {
            Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
        }
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_taken_up_and_tokens_of_the_old_one_stay_valid()
    {
        var old = await Issuer.ProgramAsync("dcr-viewer");
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(old)).Status);

        await Issuer.SignWithNewKeyAsync();
        Server.Time.Advance(TimeSpan.FromSeconds(30));
        var renewed = await Issuer.ProgramAsync("dcr-viewer");

        Assert.NotEqual(old.Split('.')[0], renewed.Split('.')[0]);
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(renewed)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(old)).Status);
    }

    private async Task<string> ExpiredAsync()
    {
        var token = await Issuer.ProgramAsync("dcr-admin");
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(token)).Status);
        Server.Time.Advance(TokenIssuer.Lifetime + TimeSpan.FromMinutes(2));
        return token;
    }

    private async Task<Answer> ListAsync(string token)
    {
        using var client = new HttpClient { BaseAddress = Server.AdminAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Answer.OfAsync(await client.GetAsync("/admin/v1/clients"));
    }
}
