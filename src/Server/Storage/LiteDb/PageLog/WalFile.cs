using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.PageLog;

/// <summary>
/// The log of pages on disk: a header, then frames. It is laid out with zeros once and overwritten from the start after each checkpoint,
/// because overwriting syncs about twice as fast as growing.
/// </summary>
/// <remarks>One failed write or sync ends it: what is on disk is unknown then, and syncing again would prove nothing.</remarks>
internal sealed class WalFile : IDisposable
{
    private const int FramesAtOnce = 64;

    private readonly IStoreFile _file;
    private readonly byte[] _buffer = new byte[FramesAtOnce * WalFrame.Size];
    private LogHeader _header;
    private uint _checksum;
    private int _frames;
    private int _batch;

    private WalFile(IStoreFile file, LogHeader header, WalContents contents)
    {
        _file = file;
        _header = header;
        Recovered = contents;
        _checksum = contents.LastChecksum;
        _frames = contents.Pages.Count;
        _batch = contents.LastBatch;
    }

    public static LogKind Kind { get; } = new("GrpcDcrW", WalFrame.PageSize);

    /// <summary>What the log held when it was opened.</summary>
    public WalContents Recovered { get; }

    public Guid StoreId => _header.StoreId;

    /// <summary>Created, but never written: its store has never been used.</summary>
    public bool IsUnused
    {
        get
        {
            Span<byte> first = stackalloc byte[WalFrame.HeaderSize];
            return _file.Read(first, WalFrame.OffsetOf(0)) == first.Length && !first.ContainsAnyExcept((byte)0);
        }
    }

    /// <summary>Set by the first failure, for good.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes from the start of the file that are durable and belong together.</summary>
    public long DurableBytes => WalFrame.OffsetOf(Volatile.Read(ref _frames));

    public static WalFile Create(IStoreFiles files, Guid storeId, long length) =>
        Open(files.Create(StoreFiles.Log, LogHeader.New(storeId).ToBytes(Kind), length));

    public static WalFile Open(IStoreFile file)
    {
        var header = LogHeader.Read(file, Kind, StoreFiles.Log);
        return new WalFile(file, header, WalContents.Read(file, header));
    }

    /// <summary>Lays the file out up to <paramref name="length"/>, where a copy or another setting left it shorter.</summary>
    public void LayOut(long length)
    {
        var zeros = new byte[LogHeader.Size];
        var end = _file.Length;
        if (end >= length)
        {
            return;
        }

        for (; end < length; end += zeros.Length)
        {
            _file.Write(zeros, end);
        }

        _file.Sync();
    }

    /// <summary>
    /// Writes what was recovered again, as it is, and syncs it. To be called before the first batch: if the last process ended because a
    /// sync failed, the file cache answered, and what was recovered may not be on disk. A batch behind it would be behind a gap after a
    /// power loss.
    /// </summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void WriteAgain() => OnceOrNever(() =>
    {
        for (var done = 0L; done < DurableBytes; done += _buffer.Length)
        {
            var bytes = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, DurableBytes - done));
            _file.Write(bytes[.._file.Read(bytes, done)], done);
        }

        _file.Sync();
    });

    /// <summary>Writes pages as one batch: durable together when this returns.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void Append(List<byte[]> pages, int start, int count) => OnceOrNever(() =>
    {
        _batch++;
        for (var done = 0; done < count; done += FramesAtOnce)
        {
            var now = Math.Min(FramesAtOnce, count - done);
            for (var i = 0; i < now; i++)
            {
                var frame = _buffer.AsSpan(i * WalFrame.Size, WalFrame.Size);
                pages[start + done + i].CopyTo(frame[WalFrame.HeaderSize..]);
                _checksum = new WalFrame(_header.Salt, _checksum, _frames + done + i, _batch, _frames, count).Seal(frame);
            }

            _file.Write(_buffer.AsSpan(0, now * WalFrame.Size), WalFrame.OffsetOf(_frames + done));
        }

        _file.Sync();
        Volatile.Write(ref _frames, _frames + count);
    });

    /// <summary>Empties the log. The new header is durable before any frame of the new generation is written.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void StartOver() => OnceOrNever(() =>
    {
        _header = _header with { Salt = _header.Salt + 1 };
        _file.Write(_header.ToBytes(Kind), 0);
        _file.Sync();
        (_checksum, _batch) = (_header.Salt, 0);
        Volatile.Write(ref _frames, 0);
    });

    /// <summary>Copies the durable part into <paramref name="target"/>. The log must not start over meanwhile.</summary>
    public long CopyTo(Stream target, CancellationToken cancellationToken) => _file.CopyTo(target, DurableBytes, cancellationToken);

    public void Dispose() => _file.Dispose();

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
