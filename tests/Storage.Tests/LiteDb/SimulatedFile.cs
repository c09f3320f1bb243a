using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>A file that keeps what was synced apart from what was only written.</summary>
internal sealed class SimulatedFile(byte[] content)
{
    private readonly List<(long Offset, byte[] Bytes)> _unsynced = [];
    private byte[] _synced = [.. content];
    private byte[] _current = [.. content];
    private int _length = content.Length;

    public long Length => _length;

    public byte[] Content => _current[.._length];

    public int Read(Span<byte> buffer, long offset)
    {
        var count = (int)Math.Clamp(_length - offset, 0, buffer.Length);
        if (count > 0)
        {
            _current.AsSpan((int)offset, count).CopyTo(buffer);
        }

        return count;
    }

    public int Write(byte[] bytes, long offset)
    {
        _unsynced.Add((offset, bytes));
        _length = Apply(ref _current, _length, offset, bytes);
        return bytes.Length;
    }

    public int Sync()
    {
        var syncedLength = _synced.Length;
        foreach (var (offset, bytes) in _unsynced)
        {
            syncedLength = Apply(ref _synced, syncedLength, offset, bytes);
        }

        Array.Resize(ref _synced, _length);
        _unsynced.Clear();
        return 0;
    }

    /// <summary>
    /// A sync failed: what was written never reaches the disk, by no later sync either, but it is still read, as from the file cache of
    /// Linux.
    /// </summary>
    public void LoseUnsynced() => _unsynced.Clear();

    /// <summary>
    /// Of each block that was written since, the first writes are there and the others are not; how many is random, and differs from block
    /// to block: later writes are there where earlier ones are not.
    /// </summary>
    /// <param name="dice">Chance.</param>
    /// <param name="blockSize">What the disk writes whole: a page of the file system, or only a sector, so that pages are torn.</param>
    public byte[] AfterPowerLoss(Dice dice, int blockSize)
    {
        var found = _synced[..];
        var foundLength = found.Length;
        var survivors = new Dictionary<long, int>();
        foreach (var (offset, bytes) in _unsynced)
        {
            for (var start = offset; start < offset + bytes.Length; start = End(start))
            {
                var block = start / blockSize;
                survivors.TryAdd(block, dice.Below(3));
                if (survivors[block]-- > 0)
                {
                    var end = Math.Min(End(start), offset + bytes.Length);
                    var part = bytes.AsSpan((int)(start - offset), (int)(end - start));
                    foundLength = Apply(ref found, foundLength, start, part);
                }
            }
        }

        return found[..dice.Of([foundLength, _synced.Length, _synced.Length + dice.Below(foundLength - _synced.Length + 1)])];

        long End(long start) => ((start / blockSize) + 1) * blockSize;
    }

    private static int Apply(ref byte[] target, int targetLength, long offset, ReadOnlySpan<byte> bytes)
    {
        var end = (int)offset + bytes.Length;
        if (end > target.Length)
        {
            Array.Resize(ref target, Math.Max(end, target.Length * 2));
        }

        bytes.CopyTo(target.AsSpan((int)offset));
        return Math.Max(end, targetLength);
    }
}
