using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Copies of the running store, and stores made of them.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private readonly LiteDbHome _home = new();
    private IRegistrationStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await _home.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _home.DisposeAsync();
    }

    [Fact]
    public async Task A_restored_backup_has_all_that_was_acknowledged_before_and_nothing_half()
    {
        var added = new List<RegisteredClient>();
        using var ending = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WriteAsync(added, ending.Token)));
        for (var i = 0; i < 6; i++)
        {
            await Eventually.TrueAsync(() => Task.FromResult(CountOf(added) > i * 150));
            var before = CountOf(added);

            var backup = await _store.BackUpAsync($"backup-{i}", Sample.Event(), CancellationToken.None);

            Assert.Equal(BackupResult.Done, backup.Result);
            Assert.Equal(System.IO.Directory.GetFiles(backup.Path).Sum(f => new FileInfo(f).Length), backup.SizeBytes);
            await CheckAsync(backup.Path, added, before);
        }

        await ending.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task A_restored_backup_goes_on_as_a_store_of_its_own()
    {
        var client = Sample.NewClient();
        await _store.AddAsync(client);
        var backup = await _store.BackUpAsync("one", Sample.Event(), CancellationToken.None);
        await _store.ReplaceAsync(client.Next());

        await using (var restored = await RestoreAsync(backup.Path))
        {
            await restored.ReplaceAsync(client.Next(ClientState.Rejected));
        }

        await using var again = await RestoreAsync(backup.Path);
        Expect.Same(client.Next(ClientState.Rejected), await again.FindAsync(client.Id));
        Assert.Equal([1, 2], (await again.AuditAsync()).Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_name_is_used_once()
    {
        var first = await _store.BackUpAsync("one", Sample.Event(), CancellationToken.None);

        Assert.Equal(new BackupOutcome(BackupResult.NameTaken), await _store.BackUpAsync("one", Sample.Event(), CancellationToken.None));
        Assert.Equal(Path.Combine(_home.Folder, "backups", "one"), first.Path);
        Assert.Equal(BackupResult.Done, (await _store.BackUpAsync("two", Sample.Event(), CancellationToken.None)).Result);
    }

    [Fact]
    public async Task A_cancelled_backup_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.BackUpAsync("one", Sample.Event(), new CancellationToken(canceled: true)).AsTask());

        Assert.Equal(BackupResult.Done, (await _store.BackUpAsync("one", Sample.Event(), CancellationToken.None)).Result);
    }

    [Fact]
    public async Task A_backup_that_is_cancelled_halfway_is_removed()
    {
        await using var simulated = new SimulatedHome();
        await using var open = await simulated.OpenAsync();
        using var cancelling = new CancellationTokenSource();
        simulated.Disk.Before = (name, act) => _ = name == StoreFiles.Data && act == DiskAct.Read ? Cancel() : 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.BackUpAsync("one", Sample.Event(), cancelling.Token).AsTask());

        Assert.Empty(System.IO.Directory.GetFileSystemEntries(Path.Combine(simulated.Options.Folder, "backups")));

        int Cancel()
        {
            cancelling.Cancel();
            return 0;
        }
    }

    [Fact]
    public async Task Closing_waits_for_the_end_of_a_backup()
    {
        await using var simulated = new SimulatedHome();
        var open = await simulated.OpenAsync();
        using var copying = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        simulated.Disk.Before = (name, act) => _ = name == StoreFiles.Data && act == DiskAct.Read && copying.Release() == 0 && Wait(goOn);
        var taking = open.BackUpAsync("one", Sample.Event(), CancellationToken.None).AsTask();
        await copying.WaitAsync();

        var closing = open.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        goOn.Set();

        await Expect.FailsAsync(StorageFailure.Unavailable, () => taking);
        await closing;
        Assert.Empty(System.IO.Directory.GetFileSystemEntries(Path.Combine(simulated.Options.Folder, "backups")));
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await _store.AddAsync(Sample.NewClient());
        var backup = await _store.BackUpAsync("one", Sample.Event(), CancellationToken.None);

        var files = System.IO.Directory.GetFiles(_home.Folder, "clients.*", SearchOption.AllDirectories);
        Assert.Equal(8, files.Length);
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(backup.Path));
    }

    private static bool Wait(ManualResetEventSlim signal)
    {
        signal.Wait();
        return true;
    }

    private static int CountOf(List<RegisteredClient> added)
    {
        lock (added)
        {
            return added.Count;
        }
    }

    private static async Task CheckAsync(string path, List<RegisteredClient> added, int before)
    {
        await using var restored = await RestoreAsync(path);
        var clients = (await restored.AllAsync()).ToDictionary(c => c.Id);
        var events = await restored.AuditAsync();

        Assert.All(added[..before], c => Expect.Same(c, clients[c.Id]));
        Assert.All(clients, c => Expect.Whole(c.Key, c.Value));
        Assert.Equal(clients.Keys.Order(), events.Select(e => e.ClientId).OfType<ClientId>().Order());
    }

    private static Task<IRegistrationStore> RestoreAsync(string path) => new LiteDbHome(path).OpenAsync();

    private async Task WriteAsync(List<RegisteredClient> added, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var client = Sample.NewClient();
            Assert.Equal(AddOutcome.Added, await _store.AddAsync(client));
            lock (added)
            {
                added.Add(client);
            }
        }
    }
}
