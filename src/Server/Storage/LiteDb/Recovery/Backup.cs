using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.PageLog;

namespace GrpcDcr.Server.Storage.LiteDb.Recovery;

/// <summary>
/// Copies the running store. The data file changes in checkpoints only, and the log of pages only grows between them. So once the journal
/// is applied and no checkpoint may run, the two are a consistent copy. The journal of the copy is empty.
/// </summary>
internal sealed class Backup(
    string folder, IStoreFile data, WalFile log, ApplyQueue applyQueue, Checkpointer checkpointer, ILogger logger) : IAsyncDisposable
{
    /// <summary>An unfinished backup has this at the end of its name; the next backup of that name deletes it.</summary>
    private const string Unfinished = ".unfinished";

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _closing = new();

    public async ValueTask<BackupOutcome> BackUpAsync(string name, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await _oneAtATime.WaitAsync(linked.Token);
            try
            {
                return await Task.Run(() => CreateAsync(name, linked.Token), linked.Token);
            }
            finally
            {
                _oneAtATime.Release();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFailure.Unavailable, $"The backup failed and was removed: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageException(StorageFailure.Unavailable, "The store was closed, and the unfinished backup removed.", e);
        }
    }

    /// <summary>Cancels a running copy and waits until its files are removed: the files that it reads are about to be closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _oneAtATime.WaitAsync();
    }

    private async Task<BackupOutcome> CreateAsync(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, StoreFiles.Backups, name);
        if (Path.Exists(path))
        {
            return new BackupOutcome(BackupResult.NameTaken);
        }

        var unfinished = path + Unfinished;
        Remove(unfinished);
        DiskFiles.CreateFolder(unfinished);
        try
        {
            var size = await CopyAsync(unfinished, cancellationToken);
            System.IO.Directory.Move(unfinished, path);
            DiskSync.Folder(Path.Combine(folder, StoreFiles.Backups));
            DiskSync.Folder(folder);
            logger.BackedUp(size, path);
            return new BackupOutcome(BackupResult.Done, path, size);
        }
        catch
        {
            Remove(unfinished);
            throw;
        }
    }

    private async Task<long> CopyAsync(string target, CancellationToken cancellationToken)
    {
        using var held = checkpointer.Hold();
        await applyQueue.LoggedAsync(cancellationToken);
        var size = Write(Path.Combine(target, StoreFiles.Data), s => data.CopyTo(s, data.Length, cancellationToken));
        size += Write(Path.Combine(target, StoreFiles.Log), s => log.CopyTo(s, cancellationToken));
        foreach (var name in StoreFiles.Journal)
        {
            size += Write(Path.Combine(target, name), s =>
            {
                s.Write(JournalSegment.Empty(log.StoreId));
                return s.Length;
            });
        }

        DiskSync.Folder(target);
        return size;
    }

    private static long Write(string path, Func<Stream, long> copy)
    {
        using var stream = new FileStream(path, DiskFiles.PrivateFile());
        var size = copy(stream);
        stream.Flush(flushToDisk: true);
        return size;
    }

    private static void Remove(string path)
    {
        if (System.IO.Directory.Exists(path))
        {
            System.IO.Directory.Delete(path, recursive: true);
        }
    }
}
