namespace GrpcDcr.TestKit.Samples;

/// <summary>
/// The tables of rules (docs/testing.md): what comes of a document under a policy. The unit tests read them without a server, the
/// conformance tests send them over HTTP, fuzzing changes them.
/// </summary>
internal static class RuleTables
{
    /// <summary>The outcome of a document that registers.</summary>
    public const string Accepted = "ok";

    public static IReadOnlyList<string> All { get; } =
        ["algorithms", "clients", "families", "grants", "key-material", "keys", "members", "methods", "openid", "switches", "texts"];

    /// <summary>
    /// The requirements, the policy, the outcome, the document, and what is expected of the answer: columns as they stand.
    /// </summary>
    public static TheoryData<string, string, string, string, string> Rows(string table)
    {
        var rows = new TheoryData<string, string, string, string, string>();
        foreach (var row in CaseFile.Read(table))
        {
            rows.Add(row[0], row[1], row[2], row[3], row.Length switch
            {
                5 => row[4],
                4 => row[2] == Accepted ? "{}" : "",
                _ => throw new InvalidDataException($"{table}: a row has neither four nor five columns: {string.Join(" | ", row)}"),
            });
        }

        return rows;
    }

    /// <summary>The JSON of a row's document. <c>{+</c> begins one that has, besides what follows, one good redirect URI.</summary>
    public static string Document(string column)
    {
        var document = CaseFile.Expand(column);
        return document.StartsWith("{+", StringComparison.Ordinal)
            ? $$"""{ "redirect_uris": ["https://client.example/cb"]{{(document.Length > 3 ? "," : "")}} {{document[2..]}}"""
            : document;
    }
}
