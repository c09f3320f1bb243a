using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.Server.Endpoints;
using GrpcDcr.Server.Endpoints.Console;
using GrpcDcr.Server.Endpoints.Console.Sessions;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Hosting.Listening;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace GrpcDcr.Server.Hosting;

/// <summary>Composes the application.</summary>
internal static class ServerApplication
{
    /// <summary>
    /// How long a stop waits for requests, and then for the store. Platforms kill a process that has not stopped after 30 seconds.
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <param name="configuration">Where settings come from.</param>
    /// <param name="adjust">Changes the builder before the application is built; for tests.</param>
    /// <exception cref="SettingsException">The configuration is not acceptable.</exception>
    public static WebApplication Build(ServerConfiguration configuration, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = configuration.EnvironmentName,
            ContentRootPath = AppContext.BaseDirectory,

            // The framework's own sources are replaced below; nobody would dispose the watchers of their files.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        try
        {
            return Build(builder, configuration, adjust);
        }
        catch
        {
            ((IDisposable)builder.Configuration).Dispose();
            throw;
        }
    }

    private static WebApplication Build(
        WebApplicationBuilder builder, ServerConfiguration configuration, Action<WebApplicationBuilder>? adjust)
    {
        adjust?.Invoke(builder);
        var problems = new List<string>();
        var sources = configuration.AddTo(builder.Configuration, problems);
        var settings = ServerSettings.Read(sources, problems);
        var reader = new SettingsReader(sources, problems);
        ListenerAddresses.Check(reader, settings.Listeners);
        if (settings.Storage.Engine == StorageEngine.LiteDb)
        {
            DataFolderSettings.Open(reader, settings.Storage.LiteDb);
        }

        builder.Configuration.AddInMemoryCollection(settings.Listeners.Framework);
        builder.AddServices(settings);
        builder.AddTelemetry(settings.Telemetry);

        var app = builder.Build();
        app.Services.GetRequiredService<TrustedProxies>().Use(app, settings.TrustedProxies);
        if (settings.Telemetry.Prometheus)
        {
            app.MapMetrics(app.Services.GetRequiredKeyedService<MeterProvider>(TelemetryExport.Prometheus));
        }

        app.MapServiceEndpoints();
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<StartReport>().Write);
        return app;
    }

    private static void AddServices(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var tokens = RoleTokens.Open(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(tokens);
        builder.Services.AddSingleton(tokens.Tokens);
        builder.Services.AddSingleton(settings.BaseDocument);
        builder.Services.AddSingleton(settings.Requests);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<Listeners>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => new ConfigureNamedOptions<KestrelServerOptions>(
            Options.DefaultName, kestrel => provider.GetRequiredService<Listeners>().Configure(kestrel, builder.Configuration)));
        builder.Services.AddSingleton<IPublicOrigin, PublicOrigin>();
        builder.Services.AddSingleton<StartReport>();
        builder.Services.AddSingleton<TrustedProxies>();
        builder.Services.AddSingleton<StoreLifetime>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StoreLifetime>());
        builder.Services.AddSystemdNotifications();
        builder.Services.AddHealth();
        builder.Services.AddStore(settings.Storage);
        builder.Services.AddFetching(settings.Fetching);
        builder.Services.AddSoftwareStatements(settings.SoftwareStatements, settings.Registration.Policies.Server.ExtensionMembers);
        builder.Services.AddRegistration(
            settings.Registration.Policies, settings.Registration.Sealing, settings.Admission, settings.UnapprovedClients);
        if (settings.RedisLimits is { } shared)
        {
            builder.Services.AddSharedLimits(shared, settings.Admission);
        }

        builder.Services.AddEndpoints();
        if (settings.Console.Enabled)
        {
            builder.Services.AddConsole(settings.Console);
            builder.Services.AddSessionKeys(settings.Storage);
        }

        builder.Services.AddOtherCredentials(settings);
    }

    /// <summary>What authenticates administrators and authorization servers beside the configured tokens.</summary>
    private static void AddOtherCredentials(this IServiceCollection services, ServerSettings settings)
    {
        if (settings.Jwt is { } jwt)
        {
            services.AddJwtIssuerFetching(settings.Fetching, jwt.Plain);
            services.AddJwt(jwt.Trust);
        }

        if (settings.OpenIdProvider is { } provider)
        {
            services.AddOpenIdProviderRequests(settings.Fetching, provider.Plain);
            services.AddOpenIdProvider(provider);
        }

        if (settings.Certificates is { } certificates)
        {
            services.AddSingleton(certificates);
            services.AddSingleton<CertificateAuthentication>();
        }
    }

    /// <summary>A statement is meant for this service if its <c>aud</c> has the issuer, the origin or the registration endpoint.</summary>
    private static void AddSoftwareStatements(
        this IServiceCollection services, SoftwareStatementSettings settings, AllowedValues ownMembers) =>
        services.AddSingleton(provider => new SoftwareStatementVerifier(
            settings.Issuers,
            settings.Options,
            provider.GetRequiredService<MetadataDocument>().Names,
            ownMembers,
            provider.GetRequiredKeyedService<IDocumentFetcher>(FetchingExtensions.ForIssuers),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SoftwareStatementVerifier>>()));
}
