using GrpcDcr.Server.Storage.Disk;

namespace GrpcDcr.Storage.Tests.Disk;

/// <summary>The names of new folders and files reach the disk.</summary>
public sealed class PrivateFolderTests : IDisposable
{
    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_folder_above_each_new_one_is_synced_once_the_new_one_is_there()
    {
        var synced = new List<string>();
        var inner = Path.Combine(_root, "a", "b");

        PrivateFolder.Create(inner + Path.DirectorySeparatorChar, parent =>
        {
            Assert.True(System.IO.Directory.Exists(Path.Combine(parent, synced.Count == 0 ? "a" : "b")));
            synced.Add(parent);
        });

        Assert.Equal([_root, Path.Combine(_root, "a")], synced);
        Assert.True(
            OperatingSystem.IsWindows()
            || File.GetUnixFileMode(inner) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public void A_folder_that_is_there_is_left_as_it_is()
    {
        var synced = new List<string>();

        PrivateFolder.Create(_root, synced.Add);

        Assert.Empty(synced);
    }

    [Fact]
    public void A_file_is_there_whole_or_not_at_all()
    {
        var path = Path.Combine(_root, "file");
        Assert.Throws<InvalidOperationException>(() => PrivateFile.CreateWhole(path, file =>
        {
            file.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.False(File.Exists(path));

        PrivateFile.CreateWhole(path, file => file.Write("whole"u8));

        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal([path], System.IO.Directory.GetFileSystemEntries(_root));
    }
}
