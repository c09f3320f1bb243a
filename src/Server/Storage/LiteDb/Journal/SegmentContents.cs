using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>What a segment holds.</summary>
/// <param name="Entries">All whole entries, in order.</param>
/// <param name="End">Where the last one ends in the file.</param>
/// <param name="LastChecksum">Checksum of the last one; the salt without one.</param>
/// <param name="Torn">Whether a newest entry never became whole. It was never acknowledged.</param>
internal sealed record SegmentContents(IReadOnlyList<SegmentEntry> Entries, long End, uint LastChecksum, bool Torn)
{
    /// <exception cref="StorageException">An entry that was once durable is damaged.</exception>
    public static SegmentContents Read(IStoreFile file, LogHeader header, string name)
    {
        var bytes = new byte[Math.Max(0, file.Length - LogHeader.Size)];
        var all = bytes.AsSpan(0, file.Read(bytes, LogHeader.Size));
        var entries = new List<SegmentEntry>();
        var (end, last) = (0, header.Salt);
        while (EntryFrame.TryRead(all[end..], header.Salt, out var frame, out var checksum)
            && frame.Previous == last
            && (entries.Count == 0 || frame.Number == entries[^1].Number + 1))
        {
            entries.Add(new SegmentEntry(frame.Number, bytes.AsMemory(end + EntryFrame.HeaderSize, frame.Length)));
            (end, last) = (end + (int)frame.Size, checksum);
        }

        RequireNoneBehind(all, end, header.Salt, name);
        return new SegmentContents(entries, LogHeader.Size + end, last, Torn: BeginsLike(all[end..], header.Salt));
    }

    /// <summary>
    /// Power loss tears the newest entry only, for each is synced before the next is written. So a readable one behind the first that is
    /// unreadable proves that what is unreadable was durable once.
    /// </summary>
    private static void RequireNoneBehind(ReadOnlySpan<byte> all, int end, uint salt, string name)
    {
        for (var at = end; at < all.Length; at += EntryFrame.Unit)
        {
            if (EntryFrame.TryRead(all[at..], salt, out _, out _))
            {
                throw StoreFault.Damaged($"{name} is damaged at byte {LogHeader.Size + end}, before changes that were written later");
            }
        }
    }

    private static bool BeginsLike(ReadOnlySpan<byte> bytes, uint salt) => bytes.Length >= 4 && BitConverter.ToUInt32(bytes) == salt;
}

/// <summary>An entry as it stands in its segment.</summary>
internal readonly record struct SegmentEntry(long Number, ReadOnlyMemory<byte> Content);
