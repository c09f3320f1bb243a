using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Copies the running store. The data file changes in checkpoints only, and the log of pages only grows between them; so with checkpoints
/// held off, and all of the journal in that log, the two are the store as it was then. The journal of the copy is empty.
/// </summary>
internal sealed class Backup(
    string folder, IStoreFile data, WalFile log, Applier applier, Checkpointer checkpointer, ILogger logger) : IAsyncDisposable
{
    /// <summary>What is not finished has this at the end of its name; the next backup clears it away.</summary>
    private const string Unfinished = ".unfinished";

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _closing = new();

    public async ValueTask<BackupOutcome> TakeAsync(string name, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await _oneAtATime.WaitAsync(either.Token);
            try
            {
                return await Task.Run(() => TakeAloneAsync(name, either.Token), either.Token);
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

    /// <summary>Stops the copy that is going on, and waits until its files are removed: what it reads is about to be closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _oneAtATime.WaitAsync();
    }

    private async Task<BackupOutcome> TakeAloneAsync(string name, CancellationToken cancellationToken)
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
        await applier.LoggedAsync(cancellationToken);
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
