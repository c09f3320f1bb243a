namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// LiteDB's data file. It changes in checkpoints only: what LiteDB writes collects in memory, the last version of a page wins, and
/// <see cref="Flush"/> takes all of it to disk, after the log that could repeat it.
/// </summary>
internal sealed class DataStream(IStoreFile file, WalStream log) : PageStream
{
    private const int PagesAtOnce = 128;

    private readonly Dictionary<long, byte[]> written = [];
    private readonly Stack<byte[]> spare = [];
    private readonly byte[] buffer = new byte[PagesAtOnce * WalFrame.PageSize];

    /// <summary>Whole pages only: a power loss may cut a growing file anywhere, and the log still has what is cut off.</summary>
    public override long Length => file.Length / WalFrame.PageSize * WalFrame.PageSize;

    /// <exception cref="IOException">The log still has every page; the next checkpoint writes them all again.</exception>
    public override void Flush()
    {
        try
        {
            if (written.Count > 0)
            {
                log.MakeDurable();
                WriteAll();
                file.Sync();
            }
        }
        finally
        {
            foreach (var page in written.Values)
            {
                spare.Push(page);
            }

            written.Clear();
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
        if (!written.TryGetValue(position, out var kept))
        {
            kept = spare.TryPop(out var used) ? used : new byte[WalFrame.PageSize];
            written.Add(position, kept);
        }

        page.CopyTo(kept);
    }

    /// <summary>In the order of their place, neighbours in one call.</summary>
    private void WriteAll()
    {
        var start = 0L;
        var length = 0;
        foreach (var (position, page) in written.OrderBy(w => w.Key))
        {
            if (length > 0 && (position != start + length || length == buffer.Length))
            {
                file.Write(buffer.AsSpan(0, length), start);
                length = 0;
            }

            start = length == 0 ? position : start;
            page.CopyTo(buffer.AsSpan(length));
            length += WalFrame.PageSize;
        }

        file.Write(buffer.AsSpan(0, length), start);
    }
}
