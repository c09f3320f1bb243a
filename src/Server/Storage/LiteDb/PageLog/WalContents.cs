using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.PageLog;

/// <summary>What a log holds: the pages of all its whole batches.</summary>
/// <param name="Pages">The pages, in order.</param>
/// <param name="LastBatch">Number of the last whole batch; 0 without one.</param>
/// <param name="LastChecksum">Checksum of the last frame; the salt without one.</param>
/// <param name="TornFrames">Frames of a newest batch that never became whole. It was never acknowledged.</param>
internal sealed record WalContents(List<byte[]> Pages, int LastBatch, uint LastChecksum, int TornFrames)
{
    private const int FramesAtOnce = 128;

    /// <exception cref="StorageException">A batch that was once durable is damaged.</exception>
    public static WalContents Read(IStoreFile file, LogHeader header)
    {
        var reading = new Reading(header);
        var buffer = new byte[FramesAtOnce * WalFrame.Size];
        for (var index = 0; ; index += FramesAtOnce)
        {
            var bytes = file.Read(buffer, WalFrame.OffsetOf(index));
            for (var i = 0; i < bytes / WalFrame.Size; i++)
            {
                reading.Add(buffer.AsSpan(i * WalFrame.Size, WalFrame.Size), index + i);
            }

            if (bytes < buffer.Length)
            {
                return reading.Result();
            }
        }
    }

    private sealed class Reading(LogHeader header)
    {
        private readonly List<byte[]> _pages = [];
        private readonly List<byte[]> _unfinished = [];
        private WalFrame _last;
        private int _wholeBatch;
        private uint _wholeChecksum = header.Salt;
        private uint _checksum = header.Salt;
        private int? _firstBad;
        private int _torn;

        public void Add(ReadOnlySpan<byte> bytes, int index)
        {
            var readable = WalFrame.TryRead(bytes, header.Salt, index, out var frame, out var sum);
            if (_firstBad is null && readable && Follows(frame))
            {
                Accept(frame, sum, bytes[WalFrame.HeaderSize..]);
                return;
            }

            _firstBad ??= index;
            if (readable)
            {
                Leave(frame);
            }
        }

        public WalContents Result() => new(_pages, _wholeBatch, _wholeChecksum, _torn + _unfinished.Count);

        private bool Follows(WalFrame frame) => frame.Previous == _checksum && (_unfinished.Count == 0
            ? frame.Batch == _wholeBatch + 1 && frame.BatchStart == frame.Index && frame.BatchLength > 0
            : (frame.Batch, frame.BatchStart, frame.BatchLength) == (_last.Batch, _last.BatchStart, _last.BatchLength));

        private void Accept(WalFrame frame, uint sum, ReadOnlySpan<byte> page)
        {
            _unfinished.Add(page.ToArray());
            (_last, _checksum) = (frame, sum);
            if (frame.EndsBatch)
            {
                _pages.AddRange(_unfinished);
                _unfinished.Clear();
                (_wholeBatch, _wholeChecksum) = (frame.Batch, sum);
            }
        }

        /// <summary>
        /// Power loss tears the newest batch only, for each is synced before the next is written. So a readable frame of a batch that
        /// began after the first unreadable frame proves that what is unreadable was durable once.
        /// </summary>
        private void Leave(WalFrame frame)
        {
            if (frame.BatchStart > _firstBad)
            {
                throw StoreFault.Damaged($"{StoreFiles.Log} is damaged at frame {_firstBad}, before frames that were written later");
            }

            _torn++;
        }
    }
}
