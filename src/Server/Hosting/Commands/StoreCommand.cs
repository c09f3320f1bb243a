using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Transfer;

namespace GrpcDcr.Server.Hosting.Commands;

/// <summary>
/// What the program does instead of serving, when its first argument names it: <c>migrate</c>, <c>export FILE</c>, <c>import FILE</c>. The store is
/// the one that the settings name, and other arguments are settings, as for the service.
/// </summary>
internal sealed class StoreCommand
{
    private static readonly string[] Names = ["migrate", "export", "import"];

    private readonly string _name;
    private readonly string? _file;
    private readonly StorageSettings _storage;

    private StoreCommand(string name, string? file, StorageSettings storage) => (_name, _file, _storage) = (name, file, storage);

    /// <summary>The command that the arguments ask for; <see langword="null"/> when they ask for the service.</summary>
    /// <exception cref="SettingsException">They ask for something that there is not, or the settings are not acceptable.</exception>
    public static StoreCommand? Read(string[] args)
    {
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        if (words.Length == 0)
        {
            return null;
        }

        var name = words[0];
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            throw new SettingsException([$"'{name}' is no command; allowed are migrate, export FILE, import FILE, or none to serve."]);
        }

        var files = name == "migrate" ? 0 : 1;
        return words.Length == 1 + files
            ? new StoreCommand(name, words.ElementAtOrDefault(1), StorageOf(args[words.Length..], name == "migrate"))
            : throw new SettingsException([$"'{name}' takes {(files == 0 ? "no file" : "the name of one file")}."]);
    }

    /// <exception cref="StorageException">The store cannot be used.</exception>
    /// <exception cref="ArchiveException">The archive cannot be written or taken over.</exception>
    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await using var store = _storage.NewStore(TimeProvider.System, logging.CreateLogger<StoreCommand>());
        if (_name == "import")
        {
            await ImportAsync(store, output, cancellationToken);
            return;
        }

        await store.OpenAsync(cancellationToken);
        if (_file is null)
        {
            await output.WriteLineAsync($"The store is up to date: {_storage.Place()}");
            return;
        }

        if ((await store.GetRegistrationStatusAsync(cancellationToken)).ImportId is not null)
        {
            throw new ArchiveException("An import into this store is not finished. Finish it first.");
        }

        var totals = await StoreExport.WriteAsync(store, _file, TimeProvider.System, cancellationToken);
        await output.WriteLineAsync($"Exported {Said(totals)} to {Path.GetFullPath(_file)}");
    }

    private async Task ImportAsync(IStoreArchive store, TextWriter output, CancellationToken cancellationToken)
    {
        var archive = Archive.Check(_file!);
        await output.WriteLineAsync($"{_file} is whole, and holds {Said(archive.Totals)}");
        await store.OpenAsync(cancellationToken);
        await StoreImport.FillAsync(store, archive, lines => Tell(output, lines), cancellationToken);
        await output.WriteLineAsync($"The store holds the same: {_storage.Place()}");
    }

    private static void Tell(TextWriter output, long lines)
    {
        const int Step = 512 * 100;
        if (lines % Step == 0)
        {
            output.WriteLine($"{lines} lines ...");
        }
    }

    private static string Said(ArchiveTotals totals) =>
        $"{totals.AuditEvents} audit events, {totals.Clients} clients, {totals.InitialAccessTokens} initial access tokens (SHA-256 {totals.Sha256})";

    private static StorageSettings StorageOf(string[] settings, bool migrates)
    {
        var problems = new List<string>();
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddEnvironmentVariables().AddCommandLine(settings).Build();
        var storage = StorageSettings.Read(configuration, problems);
        storage.Postgres.Migrate |= migrates;
        return problems.Count == 0 ? storage : throw new SettingsException(problems);
    }
}
