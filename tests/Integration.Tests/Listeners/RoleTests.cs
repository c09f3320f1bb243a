using System.Net;
using System.Net.Http.Headers;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Who may do what at the internal and admin listeners.</summary>
public sealed class RoleTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated, "CREDENTIAL_REQUIRED")]
    [InlineData("wrong", StatusCode.Unauthenticated, "CREDENTIAL_INVALID")]
    [InlineData(RunningServer.DirectoryToken, StatusCode.PermissionDenied, "ROLE_FORBIDS")]
    public async Task Only_administrators_administrate(string? token, StatusCode status, string reason)
    {
        await RefusedAsync(status, reason, () => _server.Administration(token).ListClientsAsync(new ListClientsRequest()).ResponseAsync);
        await RefusedAsync(status, reason, () => _server.AuditLog(token).ListAuditEventsAsync(new ListAuditEventsRequest()).ResponseAsync);
        var storage = new StorageAdministration.StorageAdministrationClient(_server.As(token));
        await RefusedAsync(status, reason, () => storage.BackUpStorageAsync(new BackUpStorageRequest()).ResponseAsync);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Nobody_uses_the_directory_without_a_role(string? token)
    {
        await RefusedAsync(
            () => _server.Directory(token).GetClientAsync(new GrpcDcr.Directory.V1.GetClientRequest()).ResponseAsync, token is null);
        await RefusedAsync(
            () => _server.Directory(token).AuthenticateClientAsync(new AuthenticateClientRequest()).ResponseAsync, token is null);
        await RefusedAsync(
            () => _server.Directory(token).CheckRedirectUriAsync(new CheckRedirectUriRequest()).ResponseAsync, token is null);
    }

    [Fact]
    public async Task No_role_reveals_secrets_but_the_one_for_it() => await RefusedAsync(
        StatusCode.PermissionDenied,
        "ROLE_FORBIDS",
        () => _server.Secrets(RunningServer.AdminToken).RevealClientSecretAsync(new RevealClientSecretRequest()).ResponseAsync);

    [Theory]
    [InlineData(RunningServer.DirectoryToken)]
    [InlineData(RunningServer.AdminToken)]
    public async Task Both_roles_use_the_directory(string token)
    {
        var client = await _server.RegisteredAsync(Bodies.Smallest);

        var seen = await _server.Directory(token).GetClientAsync(new() { ClientId = client.GetProperty("client_id").GetString() });

        Assert.Equal(GrpcDcr.V1.ClientState.Pending, seen.Client.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("grpcdcr.v1.ClientRegistration")]
    [InlineData("grpcdcr.directory.v1.ClientDirectory")]
    [InlineData("grpcdcr.directory.v1.ClientSecrets")]
    [InlineData("grpcdcr.admin.v1.ClientAdministration")]
    [InlineData("grpcdcr.admin.v1.InitialAccessTokens")]
    [InlineData("grpcdcr.admin.v1.RegistrationControl")]
    [InlineData("grpcdcr.admin.v1.BlockRules")]
    [InlineData("grpcdcr.admin.v1.AuditLog")]
    [InlineData("grpcdcr.admin.v1.StorageAdministration")]
    public async Task Everybody_at_the_internal_listener_may_ask_for_the_health_of_each_service(string service)
    {
        var health = await new Health.HealthClient(_server.Internal).CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Reflection_names_every_service_to_whom_has_a_role()
    {
        using var stream = new ServerReflection.ServerReflectionClient(_server.As(RunningServer.DirectoryToken)).ServerReflectionInfo();
        await stream.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));

        var services = stream.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
        await stream.RequestStream.CompleteAsync();

        Assert.All(
            [
                "v1.ClientRegistration", "directory.v1.ClientDirectory", "directory.v1.ClientSecrets", "admin.v1.ClientAdministration",
                "admin.v1.InitialAccessTokens", "admin.v1.RegistrationControl", "admin.v1.AuditLog", "admin.v1.StorageAdministration",
            ],
            name => Assert.Contains("grpcdcr." + name, services));
    }

    [Fact]
    public async Task Reflection_is_closed_to_others()
    {
        using var stream = new ServerReflection.ServerReflectionClient(_server.Internal).ServerReflectionInfo();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, 16, null)]
    [InlineData("wrong", HttpStatusCode.Unauthorized, 16, "invalid_token")]
    [InlineData(RunningServer.DirectoryToken, HttpStatusCode.Forbidden, 7, "insufficient_scope")]
    public async Task The_admin_listener_asks_for_a_role_before_it_reads(string? token, HttpStatusCode status, int code, string? error)
    {
        using var anybody = new HttpClient { BaseAddress = _server.AdminAddress };
        anybody.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        foreach (
            var path in new[] { "/admin/v1/clients", "/admin/v1/clients/x", "/admin/v1/audit-events", "/admin/v1/clients?order=nonsense" })
        {
            var answer = await Answer.OfAsync(await anybody.GetAsync(path));
            Assert.Equal((status, code), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
            Assert.Equal(error, Challenge.Of(answer).GetValueOrDefault("error"));
        }

        var garbage = await Answer.OfAsync(await anybody.PostAsync("/admin/v1/clients/x:approve", Bodies.Json("{garbage")));
        Assert.Equal(status, garbage.Status);
    }

    private static Task RefusedAsync(Func<Task> call, bool isMissing = false) =>
        RefusedAsync(StatusCode.Unauthenticated, isMissing ? "CREDENTIAL_REQUIRED" : "CREDENTIAL_INVALID", call);

    private static async Task RefusedAsync(StatusCode status, string reason, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(status, refusal.StatusCode);
        var info = refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((reason, "grpcdcr"), (info.Reason, info.Domain));
    }
}
