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
