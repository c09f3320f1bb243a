using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What is in the folder of the backups, and that each backup has its audit event.</summary>
public sealed class BackupFolderTests : IAsyncLifetime
{
    private readonly LiteDbHome _home = new();
    private IRegistrationStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await _home.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _home.DisposeAsync();
    }

    [Theory]
    [InlineData("monday.unfinished")]
    [InlineData("monday.new")]
    [InlineData("unfinished-monday")]
    public async Task No_backup_is_deleted_for_another_one(string name)
    {
        var first = await _store.BackUpAsync(name, Sample.Event(), CancellationToken.None);
        await _store.BackUpAsync("monday", Sample.Event(), CancellationToken.None);
        await _store.DisposeAsync();
        _store = await _home.OpenAsync();

        Assert.Equal(4, System.IO.Directory.GetFiles(first.Path).Length);
        await (await new LiteDbHome(first.Path).OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task The_next_backup_of_any_name_deletes_what_was_left_unfinished()
    {
        var unfinished = LeaveUnfinished("one");

        await _store.BackUpAsync("two", Sample.Event(), CancellationToken.None);

        Assert.False(System.IO.Directory.Exists(unfinished));
    }

    [Fact]
    public async Task The_next_start_deletes_what_was_left_unfinished()
    {
        var unfinished = LeaveUnfinished("one");
        await _store.DisposeAsync();

        _store = await _home.OpenAsync();

        Assert.False(System.IO.Directory.Exists(unfinished));
    }

    [Fact]
    public async Task A_backup_has_its_event_and_none_where_the_name_is_taken()
    {
        await _store.BackUpAsync("one", Sample.Event(type: AuditEventType.StorageBackedUp), CancellationToken.None);
        await _store.BackUpAsync("one", Sample.Event(type: AuditEventType.StorageBackedUp), CancellationToken.None);

        Assert.Equal(AuditEventType.StorageBackedUp, Assert.Single(await _store.AuditAsync()).Type);
    }

    [Fact]
    public async Task There_is_no_backup_whose_event_could_not_be_recorded()
    {
        await using var simulated = new SimulatedHome();
        await using var open = await simulated.OpenAsync();
        simulated.Disk.Before = (name, act) =>
        {
            if (act == DiskAct.Sync && StoreFiles.Journal.Contains(name))
            {
                throw new IOException("Input/output error");
            }
        };

        await Expect.FailsAsync(
            StorageFailure.OutcomeUnknown, () => open.BackUpAsync("one", Sample.Event(), CancellationToken.None).AsTask());

        Assert.Empty(System.IO.Directory.GetFileSystemEntries(Path.Combine(simulated.Options.Folder, "backups")));
    }

    [Fact]
    public async Task The_files_beside_the_store_that_are_named_are_in_the_copy()
    {
        await using var home = new LiteDbHome();
        await using var store = new LiteDbStore(
            home.Options with { OtherFiles = ["admin.token", "absent.token"] }, TimeProvider.System, NullLogger.Instance);
        await File.WriteAllTextAsync(Path.Combine(home.Folder, "admin.token"), "secret");
        await store.OpenAsync(CancellationToken.None);

        var backup = await store.BackUpAsync("one", Sample.Event(), CancellationToken.None);

        var copy = Path.Combine(backup.Path, "admin.token");
        Assert.Equal("secret", await File.ReadAllTextAsync(copy));
        Assert.False(File.Exists(Path.Combine(backup.Path, "absent.token")));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(copy) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private string LeaveUnfinished(string name)
    {
        var unfinished = System.IO.Directory.CreateDirectory(Path.Combine(_home.Folder, "backups", ".unfinished-" + name)).FullName;
        File.WriteAllText(Path.Combine(unfinished, StoreFiles.Data), "half");
        return unfinished;
    }
}
