using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What the engine asks of a disk and what a test can forbid.</summary>
internal enum DiskAct
{
    Create,
    Read,
    Write,
    Sync,
}

/// <summary>
/// Files in memory that know what was synced. When the power goes, what was not is there or not at random, one 4 KiB
/// block at a time.
/// </summary>
internal sealed class SimulatedDisk : IStoreFiles
{
    private readonly Dictionary<string, SimulatedFile> _files = [];
    private readonly object _gate = new();

    /// <summary>Asked before each act; whatever it throws is thrown to the engine. May block.</summary>
    public Action<string, DiskAct>? Before { get; set; }

    /// <summary>From here on nothing reaches the disk any more.</summary>
    public bool PowerIsOff { get; private set; }

    public byte[] this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _files[name].Content;
            }
        }
    }

    public SortedDictionary<string, byte[]> Contents
    {
        get
        {
            lock (_gate)
            {
                return new SortedDictionary<string, byte[]>(_files.ToDictionary(f => f.Key, f => f.Value.Content), StringComparer.Ordinal);
            }
        }
    }

    /// <summary>A disk that holds these bytes, all of them durable.</summary>
    public static SimulatedDisk Of(params (string Name, byte[] Content)[] contents)
    {
        var disk = new SimulatedDisk();
        foreach (var (name, content) in contents)
        {
            disk._files.Add(name, new SimulatedFile(content));
        }

        return disk;
    }

    /// <summary>The disk as it is now, as another process would read it.</summary>
    public SimulatedDisk Copy()
    {
        lock (_gate)
        {
            return Of([.. _files.Select(f => (f.Key, f.Value.Content))]);
        }
    }

    /// <summary>A copy with another content of one file.</summary>
    public SimulatedDisk With(string name, byte[] content)
    {
        var copy = Copy();
        copy._files[name] = new SimulatedFile(content);
        return copy;
    }

    /// <summary>A copy without one file.</summary>
    public SimulatedDisk Without(string name)
    {
        var copy = Copy();
        copy._files.Remove(name);
        return copy;
    }

    /// <summary>Everything fails from now on.</summary>
    public void CutPower()
    {
        lock (_gate)
        {
            PowerIsOff = true;
        }
    }

    /// <summary>The disk as it is found when the power is back.</summary>
    public SimulatedDisk AfterPowerLoss(Dice dice, int blockSize = 4096)
    {
        lock (_gate)
        {
            return Of([.. _files.Select(f => (f.Key, f.Value.AfterPowerLoss(dice, blockSize)))]);
        }
    }

    public IStoreFile? Open(string name)
    {
        lock (_gate)
        {
            return _files.ContainsKey(name) ? new Handle(this, name) : null;
        }
    }

    public IStoreFile Create(string name, ReadOnlySpan<byte> content, long length)
    {
        var bytes = new byte[length];
        content.CopyTo(bytes);
        Do(name, DiskAct.Create, () =>
        {
            _files.Add(name, new SimulatedFile(bytes));
            return 0;
        });
        return new Handle(this, name);
    }

    private int Do(string name, DiskAct act, Func<int> work)
    {
        try
        {
            Before?.Invoke(name, act);
        }
        catch (Exception) when (act == DiskAct.Sync)
        {
            lock (_gate)
            {
                _files[name].LoseUnsynced();
            }

            throw;
        }

        lock (_gate)
        {
            return PowerIsOff ? throw new IOException("The power is off.") : work();
        }
    }

    private sealed class Handle(SimulatedDisk disk, string name) : IStoreFile
    {
        private readonly SimulatedFile _file = disk._files[name];

        public long Length
        {
            get
            {
                lock (disk._gate)
                {
                    return _file.Length;
                }
            }
        }

        public int Read(Span<byte> buffer, long offset)
        {
            var bytes = new byte[buffer.Length];
            var read = disk.Do(name, DiskAct.Read, () => _file.Read(bytes, offset));
            bytes.AsSpan(0, read).CopyTo(buffer);
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            var written = bytes.ToArray();
            disk.Do(name, DiskAct.Write, () => _file.Write(written, offset));
        }

        public void Sync() => disk.Do(name, DiskAct.Sync, _file.Sync);

        public void Dispose()
        {
        }
    }
}
