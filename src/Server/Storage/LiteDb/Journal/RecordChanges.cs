using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>The changes of records of one kind; each record is in at most one list.</summary>
/// <param name="Inserted">Records that are new.</param>
/// <param name="Updated">Records that existed before, as they are now.</param>
/// <param name="Deleted">Records that existed before and no longer do.</param>
internal sealed record RecordChanges<TId, T>(
    IReadOnlyList<EncodedRecord<T>> Inserted, IReadOnlyList<EncodedRecord<T>> Updated, IReadOnlyList<TId> Deleted)
    where TId : notnull
    where T : class
{
    public int Count => Inserted.Count + Updated.Count + Deleted.Count;

    /// <summary>The size of the records that are written.</summary>
    public long Bytes => Written.Sum(record => (long)record.Bytes.Length);

    /// <summary>The records that exist after the changes and were written by them.</summary>
    public IEnumerable<EncodedRecord<T>> Written => Inserted.Concat(Updated);

    public static RecordChanges<TId, T> Of(WriteSet<TId, T> writes) => new([.. writes.Inserts], [.. writes.Updates], [.. writes.Deletes]);

    /// <summary>The joint result of changes that follow one another.</summary>
    /// <param name="changes">In order.</param>
    /// <param name="id">The identifier of a record.</param>
    public static RecordChanges<TId, T> Merge(IEnumerable<RecordChanges<TId, T>> changes, Func<T, TId> id)
    {
        var results = new Dictionary<TId, (bool Existed, EncodedRecord<T>? Now)>();
        foreach (var change in changes)
        {
            foreach (var inserted in change.Inserted)
            {
                Set(id(inserted.Value), existed: false, inserted);
            }

            foreach (var updated in change.Updated)
            {
                Set(id(updated.Value), existed: true, updated);
            }

            foreach (var deleted in change.Deleted)
            {
                Set(deleted, existed: true, null);
            }
        }

        return new RecordChanges<TId, T>(
            [.. results.Values.Where(r => r is { Existed: false, Now: not null }).Select(r => r.Now!)],
            [.. results.Values.Where(r => r is { Existed: true, Now: not null }).Select(r => r.Now!)],
            [.. results.Where(r => r.Value is { Existed: true, Now: null }).Select(r => r.Key)]);

        // The first change of a record says whether it existed before all of them.
        void Set(TId record, bool existed, EncodedRecord<T>? now) =>
            results[record] = (results.TryGetValue(record, out var earlier) ? earlier.Existed : existed, now);
    }
}
