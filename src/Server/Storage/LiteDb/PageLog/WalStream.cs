namespace GrpcDcr.Server.Storage.LiteDb.PageLog;

/// <summary>
/// LiteDB's log. All of it is in memory as well, for it never grows far beyond a checkpoint. LiteDB writes here, in memory only
/// and perhaps from a thread of its own, so it meets no I/O error that it could swallow; <see cref="MakeDurable"/> takes it to disk.
/// </summary>
internal sealed class WalStream(WalFile file) : PageStream
{
    /// <summary>Where a LiteDB page says that it is the last one of its transaction.</summary>
    private const int ConfirmedAt = 18;

    private static readonly TimeSpan ArrivalTimeout = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly List<byte[]> _pages = file.Recovered.Pages;
    private int _count = file.Recovered.Pages.Count;
    private int _durable = file.Recovered.Pages.Count;
    private bool _startOver;

    /// <summary>How many transactions have arrived here whole since the store was opened.</summary>
    public long Confirmed { get; private set; }

    /// <summary>The disk failed; <see cref="MakeDurable"/> will never succeed again.</summary>
    public bool Failed => file.Failed;

    public override long Length
    {
        get
        {
            lock (_gate)
            {
                return (long)_count * WalFrame.PageSize;
            }
        }
    }

    /// <summary>Nothing to do: LiteDB does not decide when to sync.</summary>
    public override void Flush()
    {
    }

    /// <summary>LiteDB empties the log after a checkpoint. <see cref="MakeDurable"/> does so on disk, before anything else.</summary>
    public override void SetLength(long value)
    {
        lock (_gate)
        {
            if (value != 0)
            {
                throw new IOException("The log is only ever emptied.");
            }

            (_count, _durable, _startOver) = (0, 0, true);
        }
    }

    /// <summary>Waits until <paramref name="target"/> transactions have arrived.</summary>
    public void AwaitConfirmed(long target) => Await(() => Confirmed >= target);

    /// <summary>Waits until the log is <paramref name="length"/> long.</summary>
    public void AwaitLength(long length) => Await(() => (long)_count * WalFrame.PageSize >= length);

    /// <summary>Writes what has arrived, with one sync. To be called by one thread only.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void MakeDurable()
    {
        int arrived;
        bool emptied;
        lock (_gate)
        {
            (arrived, emptied, _startOver) = (_count, _startOver, false);
        }

        if (emptied)
        {
            file.StartOver();
        }

        if (arrived > _durable)
        {
            file.Append(_pages, _durable, arrived - _durable);
            _durable = arrived;
        }
    }

    protected override void ReadPage(long position, Span<byte> page)
    {
        lock (_gate)
        {
            _pages[(int)(position / WalFrame.PageSize)].AsSpan(0, page.Length).CopyTo(page);
        }
    }

    protected override void WritePage(long position, ReadOnlySpan<byte> page)
    {
        lock (_gate)
        {
            if (position != (long)_count * WalFrame.PageSize)
            {
                throw new IOException($"The log grows at its end, not at {position}.");
            }

            if (_count == _pages.Count)
            {
                _pages.Add(new byte[WalFrame.PageSize]);
            }

            page.CopyTo(_pages[_count++]);
            Confirmed += page[ConfirmedAt] != 0 ? 1 : 0;
            Monitor.PulseAll(_gate);
        }
    }

    private void Await(Func<bool> arrived)
    {
        lock (_gate)
        {
            while (!arrived())
            {
                if (!Monitor.Wait(_gate, ArrivalTimeout))
                {
                    throw new StorageException(StorageFailure.OutcomeUnknown, "LiteDB did not write its log.");
                }
            }
        }
    }
}
