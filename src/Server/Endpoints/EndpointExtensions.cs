using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Grpc;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace GrpcDcr.Server.Endpoints;

/// <summary>The edge of the service: what answers at which listener, and who is let in.</summary>
internal static class EndpointExtensions
{
    /// <summary>Bytes of the largest gRPC message; below the limit of the connection, so that callers get a clean status.</summary>
    private const int MaxMessageSize = 60 * 1024;

    public static void AddEndpoints(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            // A wrong verb on a known path is 405, not a gRPC answer.
            options.IgnoreUnknownServices = true;
            options.MaxReceiveMessageSize = MaxMessageSize;
            options.Interceptors.Add<CallInterceptor>();
        }).AddJsonTranscoding(options =>
        {
            options.JsonSettings.IgnoreDefaultValues = true;
            options.JsonSettings.RemoveEnumPrefix = true;
            options.TypeRegistry = AdminHttpProfile.ErrorDetails;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(ServiceHealth.Map);
        services.AddSingleton<Failures>();
        services.AddSingleton<CallInterceptor>();
        services.AddSingleton<EncodedDirectoryResponses>();
        services.AddSingleton<ClientDirectoryService>();
        services.AddSingleton<OAuthHttpProfile>();
        services.AddSingleton<ClientInformationMapping>();
        services.AddSingleton<AdminHttpProfile>();
        services.AddSingleton<MetadataDocument>();
        services.AddSingleton<MatcherPolicy, DoorMatcherPolicy>();
        services.AddCors(OAuthCors.Configure);
    }

    /// <param name="app">The service.</param>
    /// <param name="tokens">Who has which role.</param>
    public static void MapServiceEndpoints(this WebApplication app, RoleTokens tokens)
    {
        app.UseWhen(http => http.Features.Get<Door>() == Door.Public, site =>
        {
            site.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = OAuthError.WriteBareAsync });
            site.UseStatusCodePages(context => OAuthError.WriteBareAsync(context.HttpContext));
            site.UseCors(OAuthCors.Policy);
        });
        app.UseRouting();

        var oauth = app.Services.GetRequiredService<OAuthHttpProfile>();
        var admin = app.Services.GetRequiredService<AdminHttpProfile>();
        var registration = new ManagementCallGate(
            new RegistrationCallGate(app.Services.GetRequiredService<RegistrationAdmission>()), app.Services.GetRequiredService<ManagementAdmission>());
        var operators = new RoleGate("operator", [tokens.Operator]);
        var directories = new RoleGate("directory", [tokens.Directory, tokens.Operator]);

        app.MapGrpcService<ClientRegistrationService>().WithGate(registration, oauth);
        app.MapGrpcService<ClientDirectoryService>().WithGate(directories);
        app.MapGrpcService<ClientSecretsService>().WithGate(directories);
        app.MapGrpcService<ClientAdministrationService>().WithGate(operators, admin);
        app.MapGrpcService<InitialAccessTokensService>().WithGate(operators, admin);
        app.MapGrpcService<RegistrationControlService>().WithGate(operators, admin);
        app.MapGrpcService<AuditLogService>().WithGate(operators, admin);
        app.MapGrpcService<StorageAdministrationService>().WithGate(operators, admin);
        app.MapGrpcReflectionService().WithGate(directories);
        app.MapGrpcHealthChecksService().WithGate(new OpenGate());

        app.MapMetadataDocument().WithMetadata(Door.Public);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(Door.Public);
        app.MapHealthChecks("/health/ready").WithMetadata(Door.Operator);
    }
}

/// <summary>What the tokens of the roles are compared with.</summary>
/// <param name="Operator">May do everything at the administrator and inner listeners.</param>
/// <param name="Directory">May use the client directory.</param>
internal sealed record RoleTokens(SecretHash Operator, SecretHash Directory);
