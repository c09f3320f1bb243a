using System.IO.MemoryMappedFiles;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>
/// A file that holds the input being tried, so that it survives the process: an endless loop or a stack that overflows leaves no
/// other trace. The file is gone once the run has ended.
/// </summary>
internal sealed class InputAtHand : IDisposable
{
    private const int Capacity = 1 << 20;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public InputAtHand(string folder, string name)
    {
        System.IO.Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, $"{name}.last");
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, mapName: null, Capacity);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Four octets of length, least first, and the input.</summary>
    public void Show(byte[] input)
    {
        _view.Write(0, input.Length);
        _view.WriteArray(sizeof(int), input, 0, Math.Min(input.Length, Capacity - sizeof(int)));
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
