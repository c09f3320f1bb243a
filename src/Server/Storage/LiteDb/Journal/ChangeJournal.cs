namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>
/// The journal: changes are acknowledged once they are here, and brought into LiteDB later, many at a time. It has two segments: while one is
/// written, what the other one has goes into the data file, and then they change places.
/// </summary>
/// <remarks>One failed write or sync ends it: what is on disk is unknown then, and syncing again would prove nothing.</remarks>
internal sealed class ChangeJournal : IDisposable
{
    private readonly long segmentBytes;
    private JournalSegment written;
    private JournalSegment other;
    private long released;
    private bool failed;

    private ChangeJournal(JournalSegment first, JournalSegment second, long segmentBytes)
    {
        this.segmentBytes = segmentBytes;
        (written, other) = first.LastNumber >= second.LastNumber ? (first, second) : (second, first);
    }

    public Guid StoreId => written.StoreId;

    /// <summary>Number of the last entry; 0 without one. LiteDB may know a higher one.</summary>
    public long LastNumber => written.LastNumber;

    /// <summary>Whether a newest entry never became whole.</summary>
    public bool Torn => written.Recovered.Torn || other.Recovered.Torn;

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
        SegmentEntry[] behind = [.. other.Recovered.Entries.Concat(written.Recovered.Entries).Where(e => e.Number > number)];
        for (var i = 0; i < behind.Length; i++)
        {
            if (behind[i].Number != number + 1 + i)
            {
                throw StoreFault.Damaged($"Change {number + 1 + i} is missing in the journal, before changes that were made later");
            }
        }

        written.ForgetRecovered();
        other.ForgetRecovered();
        return Array.ConvertAll(behind, e => EntryRecord.Decode(e.Number, e.Content.Span));
    }

    /// <summary>Makes an entry durable.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void Append(JournalEntry entry)
    {
        if (failed)
        {
            throw new StorageException(StorageFailure.Unavailable, "The journal failed before.");
        }

        try
        {
            if ((written.End >= segmentBytes || !written.GoesOnWith(entry.Number)) && other.LastNumber <= Volatile.Read(ref released))
            {
                other.StartOver();
                (written, other) = (other, written);
            }

            written.Append(entry.Number, EntryRecord.Encode(entry));
        }
        catch (IOException e)
        {
            failed = true;
            throw new StorageException(StorageFailure.OutcomeUnknown, "The journal could not be written.", e);
        }
    }

    /// <summary>The data file has all entries up to <paramref name="number"/>; they are not needed here any more.</summary>
    public void Release(long number) => Volatile.Write(ref released, number);

    public void Dispose()
    {
        written.Dispose();
        other.Dispose();
    }
}
