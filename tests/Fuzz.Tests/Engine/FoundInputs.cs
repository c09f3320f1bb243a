using System.Security.Cryptography;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>
/// The inputs that something once did not hold for, a folder for each target. They are tried before anything else, for ever.
/// </summary>
internal sealed class FoundInputs(string folder)
{
    private readonly string _folder = System.IO.Directory.Exists(folder)
        ? folder
        : throw new DirectoryNotFoundException($"There is no folder '{folder}': what was found before would not be tried.");

    public IReadOnlyList<(string Path, byte[] Input)> Of(IFuzzTarget target)
    {
        var own = FolderOf(target);
        return System.IO.Directory.Exists(own)
            ? [.. System.IO.Directory.GetFiles(own).Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllBytes(path)))]
            : [];
    }

    /// <summary>Writes an input down; the same one always under the same name.</summary>
    public string Keep(IFuzzTarget target, byte[] input)
    {
        var path = Path.Combine(FolderOf(target), $"{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}.txt");
        System.IO.Directory.CreateDirectory(FolderOf(target));
        File.WriteAllBytes(path, input);
        return path;
    }

    private string FolderOf(IFuzzTarget target) => Path.Combine(_folder, target.Name);
}
