using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>What became of records of one kind; each is in one list at the most.</summary>
/// <param name="Added">Those that are new.</param>
/// <param name="Changed">Those that were there, as they are now.</param>
/// <param name="Removed">Those that are gone.</param>
internal sealed record RecordChanges<TId, T>(IReadOnlyList<EncodedRecord<T>> Added, IReadOnlyList<EncodedRecord<T>> Changed, IReadOnlyList<TId> Removed)
    where TId : notnull
    where T : class
{
    public int Count => Added.Count + Changed.Count + Removed.Count;

    public static RecordChanges<TId, T> Of(WriteSet<TId, T> fates) => new([.. fates.Inserts], [.. fates.Updates], [.. fates.Deletes]);

    /// <summary>What changes come to that follow one another.</summary>
    /// <param name="changes">In order.</param>
    /// <param name="id">Of a record.</param>
    public static RecordChanges<TId, T> Together(IEnumerable<RecordChanges<TId, T>> changes, Func<T, TId> id)
    {
        var ends = new Dictionary<TId, (bool Was, EncodedRecord<T>? Now)>();
        foreach (var change in changes)
        {
            foreach (var added in change.Added)
            {
                End(id(added.Value), was: false, added);
            }

            foreach (var changed in change.Changed)
            {
                End(id(changed.Value), was: true, changed);
            }

            foreach (var removed in change.Removed)
            {
                End(removed, was: true, null);
            }
        }

        return new RecordChanges<TId, T>(
            [.. ends.Values.Where(e => e is { Was: false, Now: not null }).Select(e => e.Now!)],
            [.. ends.Values.Where(e => e is { Was: true, Now: not null }).Select(e => e.Now!)],
            [.. ends.Where(e => e.Value is { Was: true, Now: null }).Select(e => e.Key)]);

        // Whether it was there before all of them is what the first of them says.
        void End(TId which, bool was, EncodedRecord<T>? now) => ends[which] = (ends.TryGetValue(which, out var earlier) ? earlier.Was : was, now);
    }
}
