using Grpc.Core;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>The token that a method let in last is remembered, and nothing follows from that for other tokens or at other times.</summary>
public sealed class RememberedTokenTests : IAsyncLifetime
{
    private const string CountClients = "/grpcdcr.admin.v1.ClientAdministration/CountClients";
    private const string CreateClient = "/grpcdcr.admin.v1.ClientAdministration/CreateClient";
    private const string ViewerToken = "viewer-token-of-the-tests";

    private RunningServer? _started;

    private RunningServer Server => _started!;

    public async ValueTask InitializeAsync()
    {
        _started = await RunningServer.StartAsync(
            $"Authentication:Tokens:viewer:Token={ViewerToken}", "Authentication:Tokens:viewer:Roles=viewer");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(StatusCode.OK, await CallAsync(CountClients, ViewerToken));
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated)]
    [InlineData("", StatusCode.InvalidArgument)]
    [InlineData(ViewerToken + "x", StatusCode.Unauthenticated)]
    [InlineData("Viewer-token-of-the-tests", StatusCode.Unauthenticated)]
    [InlineData(ViewerToken + " " + ViewerToken, StatusCode.InvalidArgument)]
    public async Task No_other_credential_passes_for_it(string? other, StatusCode expected)
    {
        Assert.Equal(expected, await CallAsync(CountClients, other));
        Assert.Equal(StatusCode.OK, await CallAsync(CountClients, ViewerToken));
    }

    [Fact]
    public async Task A_method_for_other_roles_refuses_it_whoever_called_last()
    {
        Assert.Equal(StatusCode.PermissionDenied, await CallAsync(CreateClient, ViewerToken));
        Assert.Equal(StatusCode.InvalidArgument, await CallAsync(CreateClient, RunningServer.AdminToken));
        Assert.Equal(StatusCode.PermissionDenied, await CallAsync(CreateClient, ViewerToken));
    }

    [Theory]
    [InlineData("removed", StatusCode.Unauthenticated)]
    [InlineData("changed", StatusCode.Unauthenticated)]
    [InlineData("expired", StatusCode.Unauthenticated)]
    [InlineData("with other roles", StatusCode.PermissionDenied)]
    [InlineData("as it was", StatusCode.OK)]
    public async Task Tokens_that_replace_it_count_at_once(string how, StatusCode expected)
    {
        var (hash, now) = (SecretHash.Of(ViewerToken), Server.Time.GetUtcNow());
        Server.Services.GetRequiredService<RoleTokenLookup>().Replace(how switch
        {
            "removed" => [],
            "changed" => [new RoleToken("viewer", SecretHash.Of("another-token-of-the-same-name"), [Roles.Viewer])],
            "expired" => [new RoleToken("viewer", hash, [Roles.Viewer], now)],
            "with other roles" => [new RoleToken("viewer", hash, [Roles.Directory])],
            _ => [new RoleToken("viewer", hash, [Roles.Viewer])],
        });

        Assert.Equal(expected, await CallAsync(CountClients, ViewerToken));
        Assert.Equal(expected, await CallAsync(CountClients, ViewerToken));
    }

    private async Task<StatusCode> CallAsync(string method, string? token)
    {
        using var call = await NativeCall.SendAsync(Server, method, NativeCall.Frame([]), token);
        return call.Status;
    }
}
