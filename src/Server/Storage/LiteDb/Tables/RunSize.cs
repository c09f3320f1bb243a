namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// How much a run has at the most. Each record in a run is read and written with all of them; with fewer, index entries are a cost again.
/// </summary>
internal static class RunSize
{
    public const int MaxCount = 32;

    /// <summary>A larger record is alone.</summary>
    private const int MaxBytes = 32 * 1024;

    /// <summary>Records in order, in as few runs as they fit into.</summary>
    public static IEnumerable<List<T>> Split<T>(IEnumerable<T> records, Func<T, int> bytesOf)
    {
        var (run, bytes) = (new List<T>(), 0);
        foreach (var record in records)
        {
            if (run.Count == MaxCount || (run.Count > 0 && bytes + bytesOf(record) > MaxBytes))
            {
                yield return run;
                (run, bytes) = ([], 0);
            }

            run.Add(record);
            bytes += bytesOf(record);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
