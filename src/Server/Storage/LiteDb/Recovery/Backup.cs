using GrpcDcr.Server.Storage.Disk;
using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.PageLog;

namespace GrpcDcr.Server.Storage.LiteDb.Recovery;

/// <summary>
/// Copies the running store. The data file changes in checkpoints only, and the log of pages only grows between them. So once the journal
/// is applied and no checkpoint may run, the two are a consistent copy. The journal of the copy is empty.
/// </summary>
/// <remarks>Disposing it waits for a running copy: the files that it reads are about to be closed.</remarks>
internal sealed class Backup(
    BackupFolder backups, IStoreFile data, WalFile log, ApplyQueue applyQueue, Checkpointer checkpointer, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _closing = new();

    /// <param name="name">Of the backup.</param>
    /// <param name="record">Makes the audit event of the backup durable. Called when the copy is complete, before it has its name.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    public async ValueTask<BackupOutcome> BackUpAsync(string name, Func<ValueTask> record, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await _oneAtATime.WaitAsync(linked.Token);
            try
            {
                return await Task.Run(() => CreateAsync(name, record, linked.Token), linked.Token);
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

    private async Task<BackupOutcome> CreateAsync(string name, Func<ValueTask> record, CancellationToken cancellationToken)
    {
        if (backups.IsTaken(name))
        {
            return new BackupOutcome(BackupResult.NameTaken);
        }

        var unfinished = backups.Begin(name);
        try
        {
            var size = await CopyAsync(unfinished, cancellationToken);
            await record();
            var path = backups.Finish(name);
            logger.BackedUp(size, path);
            return new BackupOutcome(BackupResult.Done, path, size);
        }
        catch
        {
            backups.RemoveUnfinished();
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

        foreach (var (name, content) in backups.OtherFiles())
        {
            size += Write(Path.Combine(target, name), s =>
            {
                s.Write(content);
                return s.Length;
            });
        }

        DiskSync.Folder(target);
        return size;
    }

    private static long Write(string path, Func<Stream, long> copy)
    {
        using var stream = PrivateFile.Create(path);
        var size = copy(stream);
        stream.Flush(flushToDisk: true);
        return size;
    }
}
