using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GrpcDcr.Server.Fetching;

/// <summary>The fetchers of the service.</summary>
internal static class FetchingExtensions
{
    /// <summary>
    /// The key of the fetcher for the keys of trusted issuers. It shares no slots and no lookups with the other one, whose hosts are chosen
    /// by anybody.
    /// </summary>
    public const string ForIssuers = "issuers";

    /// <summary>The key of the fetcher for the issuer of the JWTs of administrators and authorization servers. It caches nothing.</summary>
    public const string ForJwtIssuer = "jwt-issuer";

    /// <summary>The key of the handler for requests to the OpenID provider of the console.</summary>
    public const string ForOpenIdProvider = "openid-provider";

    /// <param name="services">The service collection.</param>
    /// <param name="options">The options of all fetchers.</param>
    /// <param name="plain">As in <see cref="AllowedHosts"/>.</param>
    public static void AddOpenIdProviderRequests(this IServiceCollection services, FetchingOptions options, string? plain) =>
        services.AddKeyedSingleton<HttpMessageHandler>(
            ForOpenIdProvider, (_, _) => new GuardedHandler(options, new SystemNetwork(options.MaxConcurrent), plain));

    /// <param name="services">The service collection.</param>
    /// <param name="options">The options of all fetchers.</param>
    /// <param name="plain">As in <see cref="AllowedHosts"/>.</param>
    public static void AddJwtIssuerFetching(this IServiceCollection services, FetchingOptions options, string? plain) =>
        services.AddKeyedSingleton<IDocumentFetcher>(ForJwtIssuer, (provider, _) => new DocumentFetcher(
            options.WithoutCache(),
            new SystemNetwork(options.MaxConcurrent),
            provider.GetRequiredService<ServiceMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DocumentFetcher>>(),
            plain));

    /// <param name="services">The service collection.</param>
    /// <param name="options">Options that passed <see cref="FetchingOptionsValidator"/>.</param>
    public static void AddFetching(this IServiceCollection services, FetchingOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<IFetchNetwork>(new SystemNetwork(options.MaxConcurrent));
        services.AddSingleton<IDocumentFetcher, DocumentFetcher>();
        services.AddKeyedSingleton<IDocumentFetcher>(ForIssuers, (provider, _) =>
            ActivatorUtilities.CreateInstance<DocumentFetcher>(provider, new SystemNetwork(options.MaxConcurrent)));
    }
}
