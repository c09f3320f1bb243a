namespace GrpcDcr.TestKit.Running;

/// <summary>A temporary folder for the data of one server, or of several that run one after the other.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("grpcdcr-real-").FullName;

    public string Data => System.IO.Path.Combine(Path, "data");

    public string AdminTokenFile => System.IO.Path.Combine(Data, "admin.token");

    public string DirectoryTokenFile => System.IO.Path.Combine(Data, "directory.token");

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
