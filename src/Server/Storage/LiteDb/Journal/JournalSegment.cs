using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>
/// One file of the journal: a header, then entries. It is filled with zeros when it is made, because overwriting syncs faster than growing.
/// </summary>
internal sealed class JournalSegment : IDisposable
{
    private readonly IStoreFile _file;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private LogHeader _header;
    private uint _checksum;

    private JournalSegment(IStoreFile file, LogHeader header, SegmentContents contents)
    {
        _file = file;
        _header = header;
        Recovered = contents;
        _checksum = contents.LastChecksum;
        End = contents.End;
        LastNumber = contents.Entries.Count > 0 ? contents.Entries[^1].Number : 0;
    }

    public static LogKind Kind { get; } = new("GrpcDcrJ", EntryFrame.Unit);

    /// <summary>Its content when it was opened.</summary>
    public SegmentContents Recovered { get; private set; }

    public Guid StoreId => _header.StoreId;

    /// <summary>The position of the next entry.</summary>
    public long End { get; private set; }

    /// <summary>Number of its last entry; 0 without one.</summary>
    public long LastNumber { get; private set; }

    /// <summary>Whether an entry of this number may follow here. It may not where LiteDB has entries that this segment lost.</summary>
    public bool Accepts(long number) => LastNumber == 0 || number == LastNumber + 1;

    public static JournalSegment Create(IStoreFiles files, string name, Guid storeId, long length) =>
        Open(files.Create(name, Empty(storeId), length), name);

    public static JournalSegment Open(IStoreFile file, string name)
    {
        var header = LogHeader.Read(file, Kind, name);
        return new JournalSegment(file, header, SegmentContents.Read(file, header, name));
    }

    /// <summary>A segment without entries.</summary>
    public static byte[] Empty(Guid storeId) => LogHeader.New(storeId).ToBytes(Kind);

    /// <summary>Releases what was recovered, once the caller has it.</summary>
    public void ReleaseRecovered() => Recovered = Recovered with { Entries = [] };

    /// <summary>Writes an entry. Durable when this returns.</summary>
    /// <exception cref="IOException">Whether it is durable is unknown until the segment is read again.</exception>
    public void Append(long number, ReadOnlySpan<byte> content)
    {
        var frame = new EntryFrame(_header.Salt, _checksum, number, content.Length);
        var entry = frame.Size <= _buffer.Length ? _buffer.AsSpan(0, (int)frame.Size) : new byte[frame.Size];
        content.CopyTo(entry[EntryFrame.HeaderSize..]);
        entry[(EntryFrame.HeaderSize + content.Length)..].Clear();
        _checksum = frame.Seal(entry);
        _file.Write(entry, End);
        _file.Sync();
        End += entry.Length;
        LastNumber = number;
    }

    /// <summary>Empties it. The new header is durable before any entry of the new generation is written.</summary>
    /// <exception cref="IOException">Which header it has is unknown until it is read again.</exception>
    public void StartOver()
    {
        _header = _header with { Salt = _header.Salt + 1 };
        _file.Write(_header.ToBytes(Kind), 0);
        _file.Sync();
        (_checksum, End, LastNumber) = (_header.Salt, LogHeader.Size, 0);
    }

    public void Dispose() => _file.Dispose();
}
