namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>Where programs and data lie.</summary>
/// <param name="Root">The repository.</param>
/// <param name="ServerCore">The core of whatever is measured; <see langword="null"/> where nothing can be pinned.</param>
internal sealed record Workbench(string Root, int? ServerCore) : IDisposable
{
    private readonly string _data = Path.Combine(Root, "artifacts", "bench", "data");

    /// <summary>As it is packaged.</summary>
    public string ServerProgram => Path.Combine(Root, "artifacts/bench/server/GrpcDcr.Server");

    public string FloorsAssembly => Path.Combine(Root, "bench/Floors/bin/Release/net10.0/GrpcDcr.Bench.Floors.dll");

    public string StorageAssembly => Path.Combine(Root, "bench/Storage/bin/Release/net10.0/GrpcDcr.Bench.Storage.dll");

    public string PeersFolder => Path.Combine(Root, "bench/Peers");

    public string FiguresFolder => Path.Combine(Root, "bench/figures");

    public string FolderOf(string name) => System.IO.Directory.CreateDirectory(Path.Combine(_data, name)).FullName;

    public string LogOf(string name) => Path.Combine(FolderOf(name), "output.log");

    public void Dispose()
    {
        if (System.IO.Directory.Exists(_data))
        {
            System.IO.Directory.Delete(_data, recursive: true);
        }
    }
}
