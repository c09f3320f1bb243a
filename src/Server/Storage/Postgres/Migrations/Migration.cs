using System.Globalization;
using System.Security.Cryptography;

namespace GrpcDcr.Server.Storage.Postgres.Migrations;

/// <summary>
/// One numbered step of the tables, from the assembly. Instances of the version before it go on while and after it is applied: it may add
/// tables, indexes, and columns with a default, and changes nothing that the version before reads or writes.
/// </summary>
/// <param name="Version">From 1 without gaps.</param>
/// <param name="Sql">Its commands. Never changed after a release.</param>
internal sealed record Migration(int Version, string Sql)
{
    /// <summary>All steps, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = [.. Read().OrderBy(m => m.Version)];

    /// <summary>Stored with the tables: a different digest means that the applied step is not the one of this program.</summary>
    public string Digest { get; } =
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    private static IEnumerable<Migration> Read()
    {
        var assembly = typeof(Migration).Assembly;
        var prefix = typeof(Migration).Namespace + ".";
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var number = name.AsSpan(prefix.Length);
            yield return new Migration(int.Parse(number[..number.IndexOf('_')], CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}
