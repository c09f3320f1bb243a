namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The log of pages on disk: a header, then frames. It is laid out with zeros once and overwritten from the start after each checkpoint,
/// because overwriting syncs about twice as fast as growing.
/// </summary>
/// <remarks>One failed write or sync ends it: what is on disk is unknown then, and syncing again would prove nothing.</remarks>
internal sealed class WalFile : IDisposable
{
    private const int FramesAtOnce = 64;

    private readonly IStoreFile file;
    private readonly byte[] buffer = new byte[FramesAtOnce * WalFrame.Size];
    private WalHeader header;
    private uint checksum;
    private int frames;
    private int batch;

    private WalFile(IStoreFile file, WalHeader header, WalContents contents)
    {
        this.file = file;
        this.header = header;
        Recovered = contents;
        checksum = contents.LastChecksum;
        frames = contents.Pages.Count;
        batch = contents.LastBatch;
    }

    /// <summary>What the log held when it was opened.</summary>
    public WalContents Recovered { get; }

    public Guid StoreId => header.StoreId;

    /// <summary>Just laid out, and never written: its store has never been used.</summary>
    public bool IsUnused
    {
        get
        {
            Span<byte> first = stackalloc byte[WalFrame.HeaderSize];
            return file.Read(first, WalFrame.OffsetOf(0)) == first.Length && !first.ContainsAnyExcept((byte)0);
        }
    }

    /// <summary>Set by the first failure, for good.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes from the start of the file that are durable and belong together.</summary>
    public long DurableBytes => WalFrame.OffsetOf(Volatile.Read(ref frames));

    public static WalFile Create(IStoreFiles files, Guid storeId, long length) =>
        Open(files.Create(StoreFiles.Log, WalHeader.New(storeId).ToBytes(LogKind.Pages), length));

    public static WalFile Open(IStoreFile file)
    {
        var header = WalHeader.Read(file, LogKind.Pages, StoreFiles.Log);
        return new WalFile(file, header, WalContents.Read(file, header));
    }

    /// <summary>Lays the file out up to <paramref name="length"/>, where a copy or another setting left it shorter.</summary>
    public void LayOut(long length)
    {
        var zeros = new byte[WalHeader.Size];
        var end = file.Length;
        if (end >= length)
        {
            return;
        }

        for (; end < length; end += zeros.Length)
        {
            file.Write(zeros, end);
        }

        file.Sync();
    }

    /// <summary>Writes pages as one batch: durable together when this returns.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void Append(List<byte[]> pages, int start, int count) => OnceOrNever(() =>
    {
        batch++;
        for (var done = 0; done < count; done += FramesAtOnce)
        {
            var now = Math.Min(FramesAtOnce, count - done);
            for (var i = 0; i < now; i++)
            {
                var frame = buffer.AsSpan(i * WalFrame.Size, WalFrame.Size);
                pages[start + done + i].CopyTo(frame[WalFrame.HeaderSize..]);
                checksum = new WalFrame(header.Salt, checksum, frames + done + i, batch, frames, count).Seal(frame);
            }

            file.Write(buffer.AsSpan(0, now * WalFrame.Size), WalFrame.OffsetOf(frames + done));
        }

        file.Sync();
        Volatile.Write(ref frames, frames + count);
    });

    /// <summary>Empties the log. The new header is durable before any frame of the new generation is written.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void StartOver() => OnceOrNever(() =>
    {
        header = header with { Salt = header.Salt + 1 };
        file.Write(header.ToBytes(LogKind.Pages), 0);
        file.Sync();
        (checksum, batch) = (header.Salt, 0);
        Volatile.Write(ref frames, 0);
    });

    /// <summary>Copies the durable part into <paramref name="target"/>. The log must not start over meanwhile.</summary>
    public long CopyTo(Stream target, CancellationToken cancellationToken) => file.CopyTo(target, DurableBytes, cancellationToken);

    public void Dispose() => file.Dispose();

    private void OnceOrNever(Action write)
    {
        if (Failed)
        {
            throw new StorageException(StorageFailure.Unavailable, "The log failed before.");
        }

        try
        {
            write();
        }
        catch (IOException e)
        {
            Failed = true;
            throw new StorageException(StorageFailure.OutcomeUnknown, $"{StoreFiles.Log} could not be written.", e);
        }
    }
}
