using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Disk;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Postgres;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace GrpcDcr.Server.Hosting;

/// <summary>The engine that the settings name.</summary>
internal static class StoreExtensions
{
    public static void AddStore(this IServiceCollection services, StorageSettings settings)
    {
        if (settings.Engine == StorageEngine.Postgres)
        {
            services.AddPostgresStore(settings.Postgres.ToOptions());
        }
        else
        {
            services.AddLiteDbStore(settings.LiteDb.ToOptions());
        }
    }

    /// <summary>
    /// Keeps the keys that encrypt the cookies of the console beside the clients. Those in a database are read once the store is open,
    /// files at the first use.
    /// </summary>
    public static void AddSessionKeys(this IServiceCollection services, StorageSettings settings)
    {
        var eager = services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly).ToList();
        eager.ForEach(service => services.Remove(service));
        // It would warn that the keys are not encrypted, which docs/console.md explains.
        services.AddLogging(log => log.AddFilter(typeof(XmlKeyManager).FullName, LogLevel.Error));
        if (settings.Engine == StorageEngine.Postgres)
        {
            services.AddHostedService<SessionKeyReading>();
        }

        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = settings.Engine == StorageEngine.Postgres
            ? new SessionKeyTable(settings.Postgres.ToOptions())
            : new SessionKeyFolder(Path.Combine(settings.LiteDb.Path, SessionKeyFolder.Name)));
    }

    /// <summary>The configured store for a command, not yet open.</summary>
    public static IStoreArchive NewStore(this StorageSettings settings, TimeProvider time, ILogger logger) =>
        settings.Engine == StorageEngine.Postgres
        ? new PostgresStore(settings.Postgres.ToOptions(), time, logger)
        : new LiteDbStore(settings.LiteDb.ToOptions(), time, logger);

    /// <exception cref="StorageException">The store cannot be used. The message names the setting of its place.</exception>
    public static async Task OpenAsync(this IRegistrationStore store, StorageSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await store.OpenAsync(cancellationToken);
        }
        catch (StorageException e) when (e.Failure == StorageFailure.InUse)
        {
            throw new StorageException(e.Failure, $"{LiteDbSettings.Section}:{nameof(settings.LiteDb.Path)}: {e.Message}", e);
        }
    }

    public static LiteDbOptions ToOptions(this LiteDbSettings settings) => new(settings.Path)
    {
        CacheBytes = settings.CacheBytes,
        OtherFiles = RoleTokens.FileNames,
    };

    public static PostgresOptions ToOptions(this PostgresSettings settings) => new(settings.ConnectionString)
    {
        Schema = settings.Schema,
        Migrate = settings.Migrate,
        Notifications = settings.Notifications,
        CacheBytes = settings.CacheBytes,
        MaxStaleness = settings.MaxStaleness,
    };

    /// <summary>The location of the store for messages, without credentials.</summary>
    public static string Place(this StorageSettings settings) => settings.Engine == StorageEngine.Postgres
        ? PostgresConnections.PlaceOf(settings.Postgres.ToOptions())
        : Path.GetFullPath(settings.LiteDb.Path);
}
