using Grpc.AspNetCore.Server;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Every endpoint has a policy and a listener, and every role may call what it is for.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["admin", "approver", "viewer", "directory", "secrets"];

    private RunningServer? _started;
    private TestIssuer? _issuer;

    private static readonly string[] Reads = ["List", "Get", "Count"];

    private RunningServer Server => _started!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _started = await RunningServer.StartAsync(
        [
            "Console:Enabled=true",
            .. _issuer.Settings,
            .. Roles.SelectMany(role => new[]
            {
                $"Authentication:Tokens:{role}-of-the-tests:Token={TokenOf(role)}",
                $"Authentication:Tokens:{role}-of-the-tests:Roles={role}",
            }),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _issuer!.DisposeAsync();
    }

    /// <summary>Every method that is for roles, and the roles that may call it.</summary>
    public static TheoryData<string, string> MethodsOfRoles =>
    [
        .. Policies.Methods.Where(method => method.StartsWith("grpcdcr.admin.", StringComparison.Ordinal)
            || method.StartsWith("grpcdcr.directory.", StringComparison.Ordinal)).Select(method => (method, AllowedOf(method))),
    ];

    [Theory]
    [MemberData(nameof(MethodsOfRoles))]
    public async Task Tokens_and_JWTs_with_a_role_may_call_what_it_is_for(string method, string allowed)
    {
        foreach (var role in Roles)
        {
            var jwt = _issuer!.Token(Server.Time.GetUtcNow(), "dcr-" + role);
            foreach (var token in new[] { TokenOf(role), jwt })
            {
                using var call = await NativeCall.SendAsync(Server, "/" + method, NativeCall.Frame([]), token);
                Assert.Equal(
                    (role, allowed.Split(' ').Contains(role) ? "allowed" : "PermissionDenied"),
                    (role, call.Status is StatusCode.PermissionDenied or StatusCode.Unauthenticated ? $"{call.Status}" : "allowed"));
            }
        }
    }

    /// <summary>By its service and the beginning of its name. A method of another kind has no row, and fails.</summary>
    private static string AllowedOf(string method) => method.Split('.', '/')[^2..] switch
    {
        ["ClientDirectory", _] => "admin directory",
        ["ClientSecrets", _] => "secrets",
        [_, var name] when Reads.Any(read => name.StartsWith(read, StringComparison.Ordinal)) => "admin approver viewer",
        [_, "PreviewRegistration" or "ApproveClient" or "RejectClient" or "BatchApproveClients" or "BatchRejectClients"] =>
            "admin approver",
        [_, _] => "admin",
        var other => throw new ArgumentException(string.Join('/', other)),
    };

    [Fact]
    public void Every_endpoint_has_a_policy_and_a_listener()
    {
        var endpoints = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.True(endpoints.Count > 30);
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy));
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<Listener>()));
        Assert.All(endpoints, endpoint => Assert.Null(endpoint.Metadata.GetMetadata<IAllowAnonymous>()));
    }

    [Fact]
    public void Every_method_with_a_policy_is_there()
    {
        var mapped = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method)
            .Where(method => method is not null)
            .Select(method => $"{method!.ServiceName}/{method.Name}");

        Assert.Empty(Policies.Methods.Except(mapped));
    }

    [Fact]
    public async Task Nobody_may_call_them_with_another_token() => Assert.Equal(
        StatusCode.Unauthenticated,
        (await NativeCall.SendAsync(
            Server, "/grpcdcr.admin.v1.AuditLog/ListAuditEvents", NativeCall.Frame([]), "of-nobody-at-all")).Status);

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        // Not far away: a clock that is moved fires each timer of the service as often as it would have fired.
        var expiry = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddHours(1);
        await using var server = await RunningServer.StartAsync(
            "Authentication:Tokens:soon:Token=soon-over-is-this-token", "Authentication:Tokens:soon:Roles=viewer",
            $"Authentication:Tokens:soon:ExpiresAt={expiry:yyyy-MM-ddTHH:mm:ssZ}");
        var administration = server.Administration("soon-over-is-this-token");
        await administration.ListClientsAsync(new ListClientsRequest());

        server.Time.SetUtcNow(expiry);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => administration.ListClientsAsync(new ListClientsRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task The_name_of_the_token_is_the_actor_in_the_audit_log()
    {
        var id = (await Server.RegisteredAsync(Bodies.Smallest)).GetProperty("client_id").GetString()!;

        await Server.Administration(TokenOf("approver")).ApproveClientAsync(
            new ApproveClientRequest { ClientId = id, Etag = (await Server.ClientAsync(id)).Etag });

        var events = await Server.AuditLog().ListAuditEventsAsync(
            new ListAuditEventsRequest { ClientId = id, Order = ListOrder.OldestFirst });
        Assert.Equal(new Actor
        {
            Name = "approver-of-the-tests",
            Role = ActorRole.Approver,
            AuthenticationMethod = AuthenticationMethod.Token,
        }, events.Events[^1].Actor);
    }

    private static string TokenOf(string role) => $"policy-token-of-role-{role}";
}
