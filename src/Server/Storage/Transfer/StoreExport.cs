using System.Text.Json.Nodes;
using GrpcDcr.Server.Storage.Disk;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>
/// Writes a store into an archive: a file of JSON lines, from a header to the totals. Secrets are in it in their stored form only.
/// </summary>
internal static class StoreExport
{
    public const int Version = 1;

    /// <param name="store">An open store.</param>
    /// <param name="path">The file, which must not exist. It appears when it is complete, readable by its owner only.</param>
    /// <param name="time">Names the archive.</param>
    /// <param name="progress">Called with the number of lines, for each of them.</param>
    /// <param name="cancellationToken">Stops the export; the file is removed.</param>
    /// <exception cref="ArchiveException">The file exists, or the store changed during the export.</exception>
    public static async Task<ArchiveTotals> WriteAsync(
        IStoreArchive store, string path, TimeProvider time, Action<long> progress, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw new ArchiveException($"{path} already exists. Name another file.");
        }

        var unfinished = $"{path}.{Guid.CreateVersion7(time.GetUtcNow()):N}.unfinished";
        try
        {
            var totals = await WriteUnfinishedAsync(store, unfinished, time, progress, cancellationToken);
            File.Move(unfinished, path);
            DiskSync.Parent(path);
            return totals;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<ArchiveTotals> WriteUnfinishedAsync(
        IStoreArchive store, string unfinished, TimeProvider time, Action<long> progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var file = PrivateFile.Create(unfinished);
        await using var lines = new StreamWriter(file);
        await lines.WriteLineAsync(new JsonObject
        {
            [ArchiveLine.Header] = new JsonObject
            {
                ["version"] = Version,
                ["id"] = Guid.CreateVersion7(now).ToString("D"),
                ["exported_at"] = now.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            },
        }.ToJsonString());
        using var sum = new ArchiveSum();
        var written = 0L;
        await foreach (var item in store.ReadAllAsync(cancellationToken))
        {
            sum.Add(item);
            await lines.WriteLineAsync(ArchiveLine.Write(item).AsMemory(), cancellationToken);
            progress(++written);
        }

        var totals = sum.Total();
        await lines.WriteLineAsync(new JsonObject
        {
            [ArchiveLine.End] = new JsonObject
            {
                ["audit_events"] = totals.AuditEvents,
                ["clients"] = totals.Clients,
                ["initial_access_tokens"] = totals.InitialAccessTokens,
                ["sha256"] = totals.Sha256,
            },
        }.ToJsonString());
        await lines.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
        return totals;
    }
}
