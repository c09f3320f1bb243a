using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace GrpcDcr.Server.Storage.Disk;

/// <summary>The keys that encrypt the cookies of the console, one file each, which only their owner may read.</summary>
/// <param name="folder">Is created with the first key.</param>
internal sealed class SessionKeyFolder(string folder) : IXmlRepository
{
    /// <summary>The name of the folder in the data folder.</summary>
    public const string Name = "session-keys";

    private const string Extension = ".xml";

    public IReadOnlyCollection<XElement> GetAllElements() => System.IO.Directory.Exists(folder)
        ? [.. System.IO.Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(path => XElement.Load(path))]
        : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        PrivateFolder.Create(folder);
        PrivateFile.CreateWhole(Path.Combine(folder, friendlyName + Extension), stream => element.Save(stream));
    }
}
