using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
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

    private RunningServer Server => _started!;

    public async ValueTask InitializeAsync() => _started = await RunningServer.StartAsync(
    [
        .. Roles.SelectMany(role => new[]
        {
            $"Authentication:Tokens:{role}-of-the-tests:Token={TokenOf(role)}", $"Authentication:Tokens:{role}-of-the-tests:Roles={role}",
        }),
    ]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

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

    /// <summary>Each call names nothing that is there: whoever may call is told so, whoever may not is refused before.</summary>
    [Theory]
    [InlineData("admin.v1.ClientAdministration/ListClients", "admin approver viewer")]
    [InlineData("admin.v1.ClientAdministration/GetClient", "admin approver viewer")]
    [InlineData("admin.v1.AuditLog/ListAuditEvents", "admin approver viewer")]
    [InlineData("admin.v1.InitialAccessTokens/ListInitialAccessTokens", "admin approver viewer")]
    [InlineData("admin.v1.ClientAdministration/PreviewRegistration", "admin approver")]
    [InlineData("admin.v1.ClientAdministration/ApproveClient", "admin approver")]
    [InlineData("admin.v1.ClientAdministration/RejectClient", "admin approver")]
    [InlineData("admin.v1.ClientAdministration/SuspendClient", "admin")]
    [InlineData("admin.v1.ClientAdministration/DeleteClient", "admin")]
    [InlineData("admin.v1.ClientAdministration/RotateClientSecret", "admin")]
    [InlineData("admin.v1.ClientAdministration/ReissueRegistrationAccessToken", "admin")]
    [InlineData("admin.v1.InitialAccessTokens/RevokeInitialAccessToken", "admin")]
    [InlineData("admin.v1.RegistrationControl/OpenRegistration", "admin")]
    [InlineData("directory.v1.ClientDirectory/GetClient", "admin directory")]
    [InlineData("directory.v1.ClientSecrets/RevealClientSecret", "secrets")]
    public async Task Roles_may_call_what_they_are_for(string method, string allowed)
    {
        foreach (var role in Roles)
        {
            var status = await StatusOfAsync(method, TokenOf(role));

            Assert.Equal(
                (role, allowed.Split(' ').Contains(role)),
                (role, status is not (StatusCode.PermissionDenied or StatusCode.Unauthenticated)));
        }

        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(method, "of-nobody-at-all"));
    }

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

        var events = await Server.AuditLog().ListAuditEventsAsync(new ListAuditEventsRequest { ClientId = id });
        Assert.Equal(new Actor { Name = "approver-of-the-tests", Role = ActorRole.Approver }, events.Events[^1].Actor);
    }

    private static string TokenOf(string role) => $"policy-token-of-role-{role}";

    /// <summary>The stub of a service such as <c>admin.v1.AuditLog</c>.</summary>
    private static Type ClientOf(string service)
    {
        var parts = service.Split('.');
        var space = string.Join('.', parts[..^1].Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return typeof(ClientDirectory).Assembly.GetType($"GrpcDcr.{space}.{parts[^1]}+{parts[^1]}Client", throwOnError: true)!;
    }

    private async Task<StatusCode> StatusOfAsync(string method, string token)
    {
        var names = method.Split('/');
        var client = ClientOf(names[0]);
        var call = client.GetMethods().Single(candidate =>
            candidate.Name == names[1] + "Async"
                && candidate.GetParameters() is [_, { ParameterType: var options }]
                && options == typeof(CallOptions));
        var answer = call.Invoke(
            Activator.CreateInstance(client, Server.As(token)),
            [Activator.CreateInstance(call.GetParameters()[0].ParameterType), default(CallOptions)])!;
        try
        {
            await (Task)answer.GetType().GetProperty("ResponseAsync", BindingFlags.Public | BindingFlags.Instance)!.GetValue(answer)!;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
