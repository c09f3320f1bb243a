using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.Server.Endpoints;
using GrpcDcr.Server.Endpoints.Grpc;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Hosting.Listening;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting;

/// <summary>Puts the service together.</summary>
internal static class ServerApplication
{
    /// <param name="args">Command line: settings as <c>--Key=value</c>.</param>
    /// <param name="adjust">Changes the parts before they are put together; for tests.</param>
    /// <exception cref="SettingsException">The configuration is not acceptable.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        // Settings lie beside the program, data in the current folder.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        adjust?.Invoke(builder);

        var settings = ServerSettings.Read(builder.Configuration);
        var tokens = RoleTokenFiles.Open(settings);
        builder.WebHost.UseDoors(settings.Doors);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(tokens);
        builder.Services.AddSingleton(settings.BaseDocument);
        builder.Services.AddSingleton<IPublicOrigin, PublicOrigin>();
        builder.Services.AddSingleton<StartReport>();
        builder.Services.AddHostedService<StoreLifetime>();
        builder.Services.AddHealthChecks()
            .AddCheck<StoreHealthCheck>(ServiceHealth.Store)
            .AddCheck<StoreAnswersCheck>(ServiceHealth.StoreAnswers);
        builder.Services.AddStore(settings.Storage);
        builder.Services.AddFetching(settings.Fetching);
        builder.Services.AddStatements(settings.Statements, settings.Registration.Policies.Server.ExtensionMembers);
        builder.Services.AddRegistration(settings.Registration.Policies, settings.Registration.Sealing, settings.Admission);
        if (settings.SharedLimits is { } shared)
        {
            builder.Services.AddSharedLimits(shared, settings.Admission);
        }

        builder.Services.AddEndpoints();

        var app = builder.Build();
        app.UseTrustedProxies(settings.TrustedProxies);
        app.MapServiceEndpoints(tokens.Tokens);
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<StartReport>().Write);
        return app;
    }

    /// <summary>A statement is meant for this service when its <c>aud</c> is the issuer's name, the origin or the registration endpoint.</summary>
    private static void AddStatements(this IServiceCollection services, SoftwareStatementSettings settings, AllowedValues ownMembers) =>
        services.AddSingleton(provider => new SoftwareStatementVerifier(
            settings.Issuers,
            settings.Options,
            provider.GetRequiredService<MetadataDocument>().Names,
            ownMembers,
            provider.GetRequiredService<IDocumentFetcher>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SoftwareStatementVerifier>>()));
}
