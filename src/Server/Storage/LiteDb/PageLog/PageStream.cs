namespace GrpcDcr.Server.Storage.LiteDb.PageLog;

/// <summary>A stream of whole pages, as LiteDB uses its files: it seeks, then reads or writes one page.</summary>
internal abstract class PageStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ReadPage(Position, buffer.AsSpan(offset, count));
        Position += count;
        return count;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (count != WalFrame.PageSize || Position % WalFrame.PageSize != 0)
        {
            throw new IOException($"A page is {WalFrame.PageSize} bytes, not {count} at {Position}.");
        }

        WritePage(Position, buffer.AsSpan(offset, count));
        Position += count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        SeekOrigin.End => Length + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    /// <summary>Reads a page, zeros where there is none.</summary>
    protected abstract void ReadPage(long position, Span<byte> page);

    protected abstract void WritePage(long position, ReadOnlySpan<byte> page);
}
