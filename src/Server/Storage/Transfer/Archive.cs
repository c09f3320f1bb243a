using System.Text.Json;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>An archive that was read completely and found valid.</summary>
/// <param name="Path">The file.</param>
/// <param name="Id">Identifies the export.</param>
/// <param name="Totals">Its totals.</param>
internal sealed record Archive(string Path, Guid Id, ArchiveTotals Totals)
{
    /// <exception cref="ArchiveException">It is not an archive, is cut off, or was changed. The message says where.</exception>
    public static Archive Check(string path)
    {
        using var sum = new ArchiveSum();
        Guid? id = null;
        ArchiveTotals? stated = null;
        foreach (var (number, name, value) in Lines(path))
        {
            if (number == 1)
            {
                id = IdOf(name, value, path);
            }
            else if (stated is not null)
            {
                throw new ArchiveException($"{path}, line {number}: something follows the totals.");
            }
            else if (name == ArchiveLine.End)
            {
                stated = TotalsOf(value, path, number);
            }
            else
            {
                sum.Add(At(path, number, () => ArchiveLine.Read(name, value)));
            }
        }

        var found = sum.Total();
        return stated is null ? throw new ArchiveException($"{path} is cut off: its totals are missing at the end.")
            : stated != found ? throw new ArchiveException($"{path} was changed: its last line states {stated}, but it has {found}.")
            : new Archive(path, id!.Value, stated);
    }

    /// <summary>Its content, line by line.</summary>
    public IEnumerable<ArchivedItem> Items() => Lines(Path)
        .Where(line => line.Number > 1 && line.Name != ArchiveLine.End)
        .Select(line => At(Path, line.Number, () => ArchiveLine.Read(line.Name, line.Value)));

    private static IEnumerable<(int Number, string Name, JsonElement Value)> Lines(string path)
    {
        if (!File.Exists(path))
        {
            throw new ArchiveException($"{path} does not exist.");
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            yield return At(path, number, () => Member(number, line));
        }
    }

    private static (int Number, string Name, JsonElement Value) Member(int number, string line)
    {
        try
        {
            var members = JsonElement.Parse(line).EnumerateObject().ToList();
            return members.Count == 1
                ? (number, members[0].Name, members[0].Value)
                : throw new ArchiveException("it does not have exactly one member.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ArchiveException("it is not a JSON object.", e);
        }
    }

    private static Guid IdOf(string name, JsonElement value, string path)
    {
        try
        {
            return name != ArchiveLine.Header ? throw new ArchiveException(
                    $"{path} is not an archive of this program: it does not begin with {ArchiveLine.Header}.")
                : value.GetProperty("version").GetInt32() is var version and not StoreExport.Version
                    ? throw new ArchiveException($"{path} has version {version}, and this program reads version {StoreExport.Version}.")
                : value.GetProperty("id").GetGuid();
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ArchiveException($"{path}, line 1: the header cannot be read.", e);
        }
    }

    private static ArchiveTotals TotalsOf(JsonElement value, string path, int number)
    {
        try
        {
            return new ArchiveTotals(
                value.GetProperty("audit_events").GetInt64(),
                value.GetProperty("clients").GetInt64(),
                value.GetProperty("initial_access_tokens").GetInt64(),
                value.GetProperty("sha256").GetString() ?? "");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ArchiveException($"{path}, line {number}: the totals cannot be read.", e);
        }
    }

    private static T At<T>(string path, int number, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArchiveException e)
        {
            throw new ArchiveException($"{path}, line {number}: {e.Message}", e);
        }
    }
}
