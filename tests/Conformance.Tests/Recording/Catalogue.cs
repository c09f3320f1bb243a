namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>The tables in <c>Catalogue/</c>: the first line of each is its heading, the others have a tab between their columns.</summary>
internal static class Catalogue
{
    /// <summary>The tables of requirements, in the order of the document.</summary>
    private static readonly string[] Tables =
    [
        "rfc7591", "grants-and-responses", "rfc7592", "openid-registration", "http-and-json", "native-apps", "redirect-uris",
        "redirect-uri-matching", "software-statements", "extensions", "discovery", "mcp", "real-clients", "client-id-documents",
        "open-banking", "sequences", "decisions",
    ];

    public static IReadOnlyList<CatalogueGroup> Groups { get; } = [.. Tables.Select(GroupOf)];

    public static IEnumerable<CatalogueEntry> Entries => Groups.SelectMany(group => group.Entries);

    /// <summary>Requirements that this service cannot meet or break, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotApplicable { get; } = Reasons("not-applicable");

    /// <summary>Requirements from which the service departs on purpose, and why. A test shows what it does in their place.</summary>
    public static IReadOnlyDictionary<string, string> Divergences { get; } = Reasons("divergences");

    private static CatalogueGroup GroupOf(string table)
    {
        var lines = Lines(table);
        return new CatalogueGroup(
            lines[0], [.. lines.Skip(1).Select(line => Columns(table, line, 4)).Select(c => new CatalogueEntry(c[0], c[1], c[2], c[3]))]);
    }

    private static Dictionary<string, string> Reasons(string table) => Lines(table).Skip(1)
        .Select(line => Columns(table, line, 2)).ToDictionary(c => c[0], c => c[1], StringComparer.Ordinal);

    private static string[] Columns(string table, string line, int count) => line.Split('\t') is var columns && columns.Length == count
        ? columns
        : throw new InvalidDataException($"{table}: a line does not have {count} columns: {line}");

    private static string[] Lines(string table)
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream(table + ".tsv")
            ?? throw new FileNotFoundException("No such table.", table);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
