using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.TestKit.Service;

/// <summary>The internal listener, as one role or another.</summary>
public static class RoleCalls
{
    public static ClientAdministration.ClientAdministrationClient Administration(
        this RunningServer server, string? token = RunningServer.AdminToken) => new(server.As(token));

    public static AuditLog.AuditLogClient AuditLog(this RunningServer server, string? token = RunningServer.AdminToken) =>
        new(server.As(token));

    public static ClientDirectory.ClientDirectoryClient Directory(
        this RunningServer server, string? token = RunningServer.DirectoryToken) => new(server.As(token));

    /// <summary>Checks a client's secret, as an authorization server.</summary>
    public static AsyncUnaryCall<AuthenticateClientResponse> AuthenticateAsync(
        this RunningServer server, string? clientId, string? secret, string method = "client_secret_basic") =>
        server.Directory().AuthenticateClientAsync(
            new() { ClientId = clientId ?? "", ClientSecret = secret ?? "", TokenEndpointAuthMethod = method });

    public static ClientSecrets.ClientSecretsClient Secrets(
        this RunningServer server, string? token = RunningServer.DirectoryToken) => new(server.As(token));

    public static ClientRegistration.ClientRegistrationClient Registration(this RunningServer server, string? token = null) =>
        new(server.As(token));

    /// <param name="server">Where.</param>
    /// <param name="token">The bearer token; <see langword="null"/> for none.</param>
    public static CallInvoker As(this RunningServer server, string? token) => server.Internal.Intercept(metadata =>
    {
        if (token is not null)
        {
            metadata.Add("authorization", "Bearer " + token);
        }

        return metadata;
    });
}
