using Grpc.AspNetCore.Server;
using GrpcDcr.Server.Endpoints.Console;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Grpc;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.OpenApi;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints;

/// <summary>The endpoints of the service, their listeners and their security.</summary>
internal static class EndpointExtensions
{
    public static void AddEndpoints(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            // A wrong HTTP method on a known path is 405, not a gRPC response.
            options.IgnoreUnknownServices = true;
            options.MaxReceiveMessageSize = NativeMessage.MaxMessageSize;

            // A compressed message cannot be checked before it is read; gRPC answers UNIMPLEMENTED.
            options.CompressionProviders.Clear();
            options.Interceptors.Add<CallInterceptor>();
        }).AddJsonTranscoding(options =>
        {
            options.JsonSettings.IgnoreDefaultValues = true;
            options.JsonSettings.RemoveEnumPrefix = true;
            options.TypeRegistry = StatusError.Details;
        }).AddStrict<ClientAdministrationService>()
            .AddStrict<InitialAccessTokensService>()
            .AddStrict<RegistrationControlService>()
            .AddStrict<BlockRulesService>()
            .AddStrict<AuditLogService>()
            .AddStrict<StorageAdministrationService>();
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(ServiceHealth.Map);
        services.AddSingleton<Failures>();
        services.AddSingleton<CallInterceptor>();
        services.AddSingleton<StrictInterceptor>();
        services.AddSingleton<ClientRegistrationService>();
        services.AddSingleton<EncodedDirectoryResponses>();
        services.AddSingleton<ClientDirectoryService>();
        services.AddSingleton<BodyTimeLimit>();
        services.AddSingleton<OAuthHttpProfile>();
        services.AddSingleton<ClientInformationMapping>();
        services.AddSingleton<AdminHttpProfile>();
        services.AddSingleton<MetadataDocument>();
        services.AddCors(OAuthCors.Configure);
        services.AddSecurity();
    }

    public static void MapServiceEndpoints(this WebApplication app)
    {
        app.UseRequestId();
        app.UseCallMetrics();
        app.UseWhen(http => http.Features.Get<Listener>() != Listener.Internal, site =>
        {
            site.UseHeadRequests();
            site.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ListenerErrors.WriteBareAsync });
            site.UseStatusCodePages(context => ListenerErrors.WriteBareAsync(context.HttpContext));
            site.UseWhen(http => http.Features.Get<Listener>() == Listener.Public, oauth => oauth.UseCors(OAuthCors.Policy));
            site.UseConsole();
        });
        app.UseRouting();

        // All of these use only the connection and the headers: the body has not been read.
        app.UseSecureTransport();
        app.UseAuthorization();
        app.UseWhen(http => http.Features.Get<AdmissionDecision>() is not null, admitted => admitted.UseRateLimiter());

        var oauth = app.Services.GetRequiredService<OAuthHttpProfile>();
        var admin = app.Services.GetRequiredService<AdminHttpProfile>();
        app.MapGrpcService<ClientRegistrationService>().Secure(oauth);
        app.MapGrpcService<ClientDirectoryService>().Secure();
        app.MapGrpcService<ClientSecretsService>().Secure();
        app.MapGrpcService<ClientAdministrationService>().Secure(admin);
        app.MapGrpcService<InitialAccessTokensService>().Secure(admin);
        app.MapGrpcService<RegistrationControlService>().Secure(admin);
        app.MapGrpcService<BlockRulesService>().Secure(admin);
        app.MapGrpcService<AuditLogService>().Secure(admin);
        app.MapGrpcService<StorageAdministrationService>().Secure(admin);
        app.MapGrpcReflectionService().Secure();
        app.MapGrpcHealthChecksService().Secure();
        app.MapMetadataDocument().WithMetadata(Listener.Public).RequireAuthorization(Policies.Everybody);
        app.MapOpenApi();
        app.MapHealthEndpoints();
        app.MapConsole();
        app.RequireSecured();
    }

    /// <summary>A service of the admin API.</summary>
    private static IGrpcServerBuilder AddStrict<T>(this IGrpcServerBuilder grpc)
        where T : class => grpc.AddServiceOptions<T>(options => options.Interceptors.Add<StrictInterceptor>());
}
