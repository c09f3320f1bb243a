namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>Copies a file of the store while it stays in use.</summary>
internal static class StoreFileCopy
{
    private const int BytesAtOnce = 1024 * 1024;

    /// <summary>Copies the first <paramref name="length"/> bytes and returns how many there were.</summary>
    public static long CopyTo(this IStoreFile file, Stream target, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[BytesAtOnce];
        var done = 0L;
        while (done < length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done)), done);
            if (read == 0)
            {
                break;
            }

            target.Write(buffer.AsSpan(0, read));
            done += read;
        }

        return done;
    }
}
