namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>
/// The journal: changes are acknowledged once they are here, and brought into LiteDB later, many at a time. It has two segments: while one is
/// written, what the other one has goes into the data file, and then they change places.
/// </summary>
/// <remarks>One failed write or sync ends it: what is on disk is unknown then, and syncing again would prove nothing.</remarks>
internal sealed class ChangeJournal : IDisposable
{
    private readonly long _segmentBytes;
    private JournalSegment _written;
    private JournalSegment _other;
    private long _released;
    private bool _failed;

    private ChangeJournal(JournalSegment first, JournalSegment second, long segmentBytes)
    {
        _segmentBytes = segmentBytes;
        (_written, _other) = first.LastNumber >= second.LastNumber ? (first, second) : (second, first);
    }

    public Guid StoreId => _written.StoreId;

    /// <summary>Number of the last entry; 0 without one. LiteDB may know a higher one.</summary>
    public long LastNumber => _written.LastNumber;

    /// <summary>Whether a newest entry never became whole.</summary>
    public bool Torn => _written.Recovered.Torn || _other.Recovered.Torn;

    /// <param name="files">Where its segments are.</param>
    /// <param name="storeId">Of the store, for segments that are made.</param>
    /// <param name="options">How large they are.</param>
    /// <param name="mayCreate">Whether a segment that is not there is made; in a store that has had one, it is missing.</param>
    /// <exception cref="StorageException">Damaged, missing, or of another store.</exception>
    public static ChangeJournal Open(IStoreFiles files, Guid storeId, LiteDbOptions options, bool mayCreate)
    {
        var segments = new List<JournalSegment>();
        try
        {
            foreach (var name in StoreFiles.Journal)
            {
                segments.Add(files.Open(name) is { } file ? JournalSegment.Open(file, name)
                    : mayCreate ? JournalSegment.Create(files, name, storeId, options.SegmentBytes)
                    : throw StoreFault.Damaged($"{name} is missing, and with it perhaps the latest changes"));
                if (segments[^1].StoreId != storeId)
                {
                    throw StoreFault.Foreign($"{name} and {StoreFiles.Data} belong to different stores");
                }
            }

            return new ChangeJournal(segments[0], segments[1], options.SegmentBytes);
        }
        catch
        {
            segments.ForEach(s => s.Dispose());
            throw;
        }
    }

    /// <summary>The entries behind <paramref name="number"/>, which LiteDB does not have yet.</summary>
    /// <exception cref="StorageException">One of them is missing.</exception>
    public IReadOnlyList<JournalEntry> Behind(long number)
    {
        SegmentEntry[] behind = [.. _other.Recovered.Entries.Concat(_written.Recovered.Entries).Where(e => e.Number > number)];
        for (var i = 0; i < behind.Length; i++)
        {
            if (behind[i].Number != number + 1 + i)
            {
                throw StoreFault.Damaged($"Change {number + 1 + i} is missing in the journal, before changes that were made later");
            }
        }

        _written.ForgetRecovered();
        _other.ForgetRecovered();
        return Array.ConvertAll(behind, e => EntryRecord.Decode(e.Number, e.Content.Span));
    }

    /// <summary>Makes an entry durable.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void Append(JournalEntry entry)
    {
        if (_failed)
        {
            throw new StorageException(StorageFailure.Unavailable, "The journal failed before.");
        }

        try
        {
            if ((_written.End >= _segmentBytes || !_written.GoesOnWith(entry.Number)) && _other.LastNumber <= Volatile.Read(ref _released))
            {
                _other.StartOver();
                (_written, _other) = (_other, _written);
            }

            _written.Append(entry.Number, EntryRecord.Encode(entry));
        }
        catch (IOException e)
        {
            _failed = true;
            throw new StorageException(StorageFailure.OutcomeUnknown, "The journal could not be written.", e);
        }
    }

    /// <summary>The data file has all entries up to <paramref name="number"/>; they are not needed here any more.</summary>
    public void Release(long number) => Volatile.Write(ref _released, number);

    public void Dispose()
    {
        _written.Dispose();
        _other.Dispose();
    }
}
