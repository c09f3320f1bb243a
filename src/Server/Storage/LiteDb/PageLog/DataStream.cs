using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.PageLog;

/// <summary>
/// LiteDB's data file. It changes in checkpoints only: what LiteDB writes collects in memory, the last version of a page wins, and
/// <see cref="Flush"/> takes all of it to disk, after the log that could repeat it.
/// </summary>
internal sealed class DataStream(IStoreFile file, WalStream log) : PageStream
{
    private const int PagesAtOnce = 128;

    private readonly Dictionary<long, byte[]> _written = [];
    private readonly Stack<byte[]> _spare = [];
    private readonly byte[] _buffer = new byte[PagesAtOnce * WalFrame.PageSize];

    /// <summary>Whole pages only: a power loss may cut a growing file anywhere, and the log still has what is cut off.</summary>
    public override long Length => file.Length / WalFrame.PageSize * WalFrame.PageSize;

    /// <exception cref="IOException">The log still has every page; the next checkpoint writes them all again.</exception>
    public override void Flush()
    {
        try
        {
            if (_written.Count > 0)
            {
                log.MakeDurable();
                WriteAll();
                file.Sync();
            }
        }
        finally
        {
            foreach (var page in _written.Values)
            {
                _spare.Push(page);
            }

            _written.Clear();
        }
    }

    public override void SetLength(long value) => throw new IOException("The data file is never cut.");

    protected override void ReadPage(long position, Span<byte> page)
    {
        var read = file.Read(page, position);
        page[read..].Clear();
    }

    protected override void WritePage(long position, ReadOnlySpan<byte> page)
    {
        if (!_written.TryGetValue(position, out var kept))
        {
            kept = _spare.TryPop(out var used) ? used : new byte[WalFrame.PageSize];
            _written.Add(position, kept);
        }

        page.CopyTo(kept);
    }

    /// <summary>In the order of their place, neighbours in one call.</summary>
    private void WriteAll()
    {
        var start = 0L;
        var length = 0;
        foreach (var (position, page) in _written.OrderBy(w => w.Key))
        {
            if (length > 0 && (position != start + length || length == _buffer.Length))
            {
                file.Write(_buffer.AsSpan(0, length), start);
                length = 0;
            }

            start = length == 0 ? position : start;
            page.CopyTo(_buffer.AsSpan(length));
            length += WalFrame.PageSize;
        }

        file.Write(_buffer.AsSpan(0, length), start);
    }
}
