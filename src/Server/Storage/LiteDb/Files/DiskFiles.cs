using GrpcDcr.Server.Storage.Disk;
using Microsoft.Win32.SafeHandles;

namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>Files in a folder, readable by their owner only.</summary>
internal sealed class DiskFiles(string folder) : IStoreFiles
{
    private const int ZerosAtOnce = 1024 * 1024;

    public IStoreFile? Open(string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? new DiskFile(path) : null;
    }

    public IStoreFile Create(string name, ReadOnlySpan<byte> content, long length)
    {
        var path = Path.Combine(folder, name);
        var start = content.ToArray();
        PrivateFile.CreateWhole(path, stream =>
        {
            stream.Write(start);
            var zeros = new byte[ZerosAtOnce];
            for (var left = length - start.Length; left > 0; left -= zeros.Length)
            {
                stream.Write(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
            }
        });
        return new DiskFile(path);
    }

    private sealed class DiskFile(string path) : IStoreFile
    {
        private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

        public long Length => RandomAccess.GetLength(_handle);

        public int Read(Span<byte> buffer, long offset)
        {
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(_handle, buffer[total..], offset + total);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }

            return total;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

        public void Sync() => DiskSync.Data(_handle);

        public void Dispose() => _handle.Dispose();
    }
}
