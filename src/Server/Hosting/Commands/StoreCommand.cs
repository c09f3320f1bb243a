using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Transfer;

namespace GrpcDcr.Server.Hosting.Commands;

/// <summary><c>migrate</c>, <c>export FILE</c> and <c>import FILE</c>, on the store that the settings name.</summary>
/// <param name="name">The command.</param>
/// <param name="file">The archive; <see langword="null"/> for <c>migrate</c>.</param>
/// <param name="storage">The storage settings.</param>
internal sealed class StoreCommand(string name, string? file, StorageSettings storage)
{
    /// <exception cref="SettingsException">The configuration is not acceptable.</exception>
    public static StoreCommand Of(CommandLine line, ServerConfiguration configuration)
    {
        var problems = new List<string>();
        var reader = new SettingsReader(configuration.Read(problems), problems);
        ServerSettings.RefuseUnknown(reader);
        var storage = StorageSettings.Read(reader);
        storage.Postgres.Migrate = line.Command == Usage.Migrate || (line.Command == Usage.Import && storage.Postgres.Migrate);
        if (storage.Engine == StorageEngine.LiteDb)
        {
            RequireStore(reader, storage.LiteDb, mayBeEmpty: line.Command == Usage.Import);
        }

        reader.ThrowIfWrong();
        return new StoreCommand(line.Command, line.File, storage);
    }

    /// <summary>
    /// Only <c>serve</c> creates a folder, and only <c>import</c> fills an empty one; anything else would hide a wrong path.
    /// </summary>
    private static void RequireStore(SettingsReader reader, LiteDbSettings settings, bool mayBeEmpty)
    {
        var folder = Path.GetFullPath(settings.Path);
        if (mayBeEmpty ? !System.IO.Directory.Exists(folder) : !File.Exists(Path.Combine(folder, StoreFiles.Data)))
        {
            reader.Add(
                $"{LiteDbSettings.Section}:{nameof(settings.Path)}",
                settings.Path,
                mayBeEmpty
                    ? $"an existing folder, empty or with a store; there is none at {folder}"
                    : $"the folder of an existing store; there is none in {folder}");
            return;
        }

        DataFolderSettings.Open(reader, settings);
    }

    /// <param name="output">Gets the result, and the progress.</param>
    /// <param name="isTerminal">Whether the output is a terminal.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    /// <exception cref="ArchiveException">The archive cannot be written or imported.</exception>
    public async Task RunAsync(TextWriter output, bool isTerminal, CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await using var store = storage.NewStore(TimeProvider.System, logging.CreateLogger<StoreCommand>());
        if (name == Usage.Import)
        {
            await ImportAsync(store, output, isTerminal, cancellationToken);
            return;
        }

        await store.OpenAsync(storage, cancellationToken);
        if (file is null)
        {
            await output.WriteLineAsync($"The store is up to date: {storage.Place()}");
            return;
        }

        if ((await store.GetRegistrationStatusAsync(cancellationToken)).ImportId is not null)
        {
            throw new ArchiveException("An import into this store is not finished. Run the same 'import' again first.");
        }

        var bar = new ProgressBar(output, isTerminal, await CountLinesAsync(store, cancellationToken), TimeProvider.System);
        var totals = await StoreExport.WriteAsync(store, file, TimeProvider.System, bar.Report, cancellationToken);
        bar.End();
        await output.WriteLineAsync($"Exported {Describe(totals)} to {Path.GetFullPath(file)}");
    }

    /// <summary>Nearly: initial access tokens are few, and the oldest audit events may be gone.</summary>
    private static async Task<long> CountLinesAsync(IStoreArchive store, CancellationToken cancellationToken)
    {
        var clients = (await store.CountAsync(cancellationToken)).ByState.Values.Sum();
        var newestFirst = new PageRequest(1, Order: ListOrder.NewestFirst);
        var events = await store.ListAuditEventsAsync(new AuditFilter(), newestFirst, cancellationToken);
        return clients + (events.Items is [var newest] ? newest.Sequence : 0);
    }

    private async Task ImportAsync(IStoreArchive store, TextWriter output, bool isTerminal, CancellationToken cancellationToken)
    {
        var archive = Archive.Check(file!);
        var totals = archive.Totals;
        await output.WriteLineAsync($"{file} is complete and has {Describe(totals)}");
        await store.OpenAsync(storage, cancellationToken);
        var bar = new ProgressBar(
            output, isTerminal, totals.AuditEvents + totals.Clients + totals.InitialAccessTokens, TimeProvider.System);
        await StoreImport.FillAsync(store, archive, bar.Report, cancellationToken);
        bar.End();
        await output.WriteLineAsync($"The store has the same content: {storage.Place()}");
    }

    private static string Describe(ArchiveTotals totals) =>
        $"{totals.AuditEvents} audit events, {totals.Clients} clients, {totals.InitialAccessTokens} initial access tokens "
        + $"(SHA-256 {totals.Sha256})";
}
