using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using GrpcDcr.Server.Endpoints.Security;

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
    [InlineData("ClientAdministration/ListClients", "admin approver viewer")]
    [InlineData("ClientAdministration/GetClient", "admin approver viewer")]
    [InlineData("AuditLog/ListAuditEvents", "admin approver viewer")]
    [InlineData("InitialAccessTokens/ListInitialAccessTokens", "admin approver viewer")]
    [InlineData("ClientAdministration/PreviewRegistration", "admin approver")]
    [InlineData("ClientAdministration/ApproveClient", "admin approver")]
    [InlineData("ClientAdministration/RejectClient", "admin approver")]
    [InlineData("ClientAdministration/SuspendClient", "admin")]
    [InlineData("ClientAdministration/DeleteClient", "admin")]
    [InlineData("ClientAdministration/RotateClientSecret", "admin")]
    [InlineData("InitialAccessTokens/RevokeInitialAccessToken", "admin")]
    [InlineData("RegistrationControl/OpenRegistration", "admin")]
    [InlineData("ClientDirectory/GetClient", "admin directory")]
    [InlineData("ClientDirectory/RevealClientSecret", "secrets")]
    public async Task Roles_may_call_what_they_are_for(string method, string allowed)
    {
        foreach (var role in Roles)
        {
            var status = await StatusOfAsync(method, TokenOf(role));

            Assert.Equal((role, allowed.Split(' ').Contains(role)), (role, status is not (StatusCode.PermissionDenied or StatusCode.Unauthenticated)));
        }

        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(method, "of-nobody-at-all"));
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        await using var server = await RunningServer.StartAsync(
            "Authentication:Tokens:soon:Token=soon-over-is-this-token", "Authentication:Tokens:soon:Roles=viewer", "Authentication:Tokens:soon:ExpiresAt=2999-01-01T00:00:00Z");
        var administration = server.Administration("soon-over-is-this-token");
        await administration.ListClientsAsync(new ListClientsRequest());

        server.Time.SetUtcNow(new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var refusal = await Assert.ThrowsAsync<RpcException>(() => administration.ListClientsAsync(new ListClientsRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task The_name_of_the_token_is_the_actor_in_the_audit_log()
    {
        var id = (await Server.RegisteredAsync(Bodies.Smallest)).GetProperty("client_id").GetString()!;

        await Server.Administration(TokenOf("approver")).ApproveClientAsync(new ApproveClientRequest { ClientId = id });

        var events = await Server.AuditLog().ListAuditEventsAsync(new ListAuditEventsRequest { ClientId = id });
        Assert.Equal("approver-of-the-tests", events.Events[^1].Actor);
    }

    private static string TokenOf(string role) => $"{role}-token-of-the-tests";

    private async Task<StatusCode> StatusOfAsync(string method, string token)
    {
        var names = method.Split('/');
        var client = typeof(ClientDirectory).Assembly.GetType($"GrpcDcr.V1.{names[0]}+{names[0]}Client", throwOnError: true)!;
        var call = client.GetMethods().Single(candidate =>
            candidate.Name == names[1] + "Async" && candidate.GetParameters() is [_, { ParameterType: var options }] && options == typeof(CallOptions));
        var answer = call.Invoke(Activator.CreateInstance(client, Server.As(token)), [Activator.CreateInstance(call.GetParameters()[0].ParameterType), default(CallOptions)])!;
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
