using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>
/// The journal: changes are acknowledged once they are here, and applied to LiteDB later, many at a time. It has two segments: while one is
/// written, the entries of the other one reach the data file, and then they change places.
/// </summary>
/// <remarks>One failed write or sync ends it: what is on disk is unknown then, and syncing again would prove nothing.</remarks>
internal sealed class ChangeJournal : IDisposable
{
    private readonly long _segmentBytes;
    private JournalSegment _active;
    private JournalSegment _standby;
    private long _released;
    private bool _failed;

    private ChangeJournal(JournalSegment first, JournalSegment second, long segmentBytes)
    {
        _segmentBytes = segmentBytes;
        (_active, _standby) = first.LastNumber >= second.LastNumber ? (first, second) : (second, first);
    }

    /// <summary>Whether a newest entry never became whole.</summary>
    public bool Torn => _active.Recovered.Torn || _standby.Recovered.Torn;

    /// <param name="files">Holds its segments.</param>
    /// <param name="storeId">The store that the segments must belong to.</param>
    /// <param name="segmentBytes">How large a new segment is, and from which length on the other one is used.</param>
    /// <param name="mayCreate">Whether a missing segment is made; only while the store itself is being made.</param>
    /// <exception cref="StorageException">Damaged, missing, or of another store.</exception>
    public static ChangeJournal Open(IStoreFiles files, Guid storeId, long segmentBytes, bool mayCreate)
    {
        var segments = new List<JournalSegment>();
        try
        {
            foreach (var name in StoreFiles.Journal)
            {
                segments.Add(files.Open(name) is { } file ? JournalSegment.Open(file, name)
                    : mayCreate ? JournalSegment.Create(files, name, storeId, segmentBytes)
                    : throw StoreFault.Damaged($"{name} is missing, and with it perhaps the latest changes"));
                if (segments[^1].StoreId != storeId)
                {
                    throw StoreFault.Foreign($"{name} and {StoreFiles.Data} belong to different stores");
                }
            }

            return new ChangeJournal(segments[0], segments[1], segmentBytes);
        }
        catch
        {
            segments.ForEach(s => s.Dispose());
            throw;
        }
    }

    /// <summary>The entries after <paramref name="number"/>: LiteDB does not have them yet.</summary>
    /// <exception cref="StorageException">One of them is missing.</exception>
    public IReadOnlyList<JournalEntry> After(long number)
    {
        SegmentEntry[] after = [.. _standby.Recovered.Entries.Concat(_active.Recovered.Entries).Where(e => e.Number > number)];
        for (var i = 0; i < after.Length; i++)
        {
            if (after[i].Number != number + 1 + i)
            {
                throw StoreFault.Damaged($"Change {number + 1 + i} is missing in the journal, before changes that were made later");
            }
        }

        _active.ReleaseRecovered();
        _standby.ReleaseRecovered();
        return Array.ConvertAll(after, e => EntryRecord.Decode(e.Number, e.Content.Span));
    }

    /// <summary>
    /// Continues in an empty segment. To be called once after the opening, when LiteDB durably has every entry that was recovered: if the
    /// last process ended because a sync failed, what was recovered came from the file cache and may not be on disk. An entry behind it
    /// would be behind a gap after a power loss.
    /// </summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void StartSegment() => OnceOrNever(() =>
    {
        if (_active.LastNumber > 0)
        {
            (_active, _standby) = (_standby, _active);
        }

        _active.StartOver();
    });

    /// <summary>Makes an entry durable.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void Append(JournalEntry entry) => OnceOrNever(() =>
    {
        if ((_active.End >= _segmentBytes || !_active.Accepts(entry.Number)) && _standby.LastNumber <= Volatile.Read(ref _released))
        {
            _standby.StartOver();
            (_active, _standby) = (_standby, _active);
        }

        using var record = new RecordWriter();
        EntryRecord.Write(record, entry);
        _active.Append(entry.Number, record.Written);
    });

    /// <summary>The data file has all entries up to <paramref name="number"/>; they are not needed here any more.</summary>
    public void Release(long number) => Volatile.Write(ref _released, number);

    public void Dispose()
    {
        _active.Dispose();
        _standby.Dispose();
    }

    private void OnceOrNever(Action write)
    {
        if (_failed)
        {
            throw new StorageException(StorageFailure.Unavailable, "The journal failed before.");
        }

        try
        {
            write();
        }
        catch (IOException e)
        {
            _failed = true;
            throw new StorageException(StorageFailure.OutcomeUnknown, "The journal could not be written.", e);
        }
    }
}
