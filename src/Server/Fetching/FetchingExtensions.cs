using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GrpcDcr.Server.Fetching;

/// <summary>The fetcher of the service.</summary>
internal static class FetchingExtensions
{
    /// <param name="services">The service collection.</param>
    /// <param name="options">Options that passed <see cref="FetchingOptionsValidator"/>.</param>
    public static void AddFetching(this IServiceCollection services, FetchingOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<IFetchNetwork>(new SystemNetwork(options.MaxConcurrent));
        services.AddSingleton<IDocumentFetcher, DocumentFetcher>();
    }
}
