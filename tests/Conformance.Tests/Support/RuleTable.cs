using System.Text.Json;
using GrpcDcr.Conformance.Tests.Recording;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>
/// The tables by which the rules are tested, sent over HTTP: a deployment, what comes of a document there, and either the members of the
/// answer or a part of the description.
/// </summary>
internal static class RuleTable
{
    private static readonly HashSet<string> Requirements = [.. Catalogue.Entries.Select(entry => entry.Id)];

    /// <summary>The rows of a table that fetch nothing. Of the first column the requirements of the catalogue stay.</summary>
    public static TheoryData<string, string, string, string, string> Rows(string table)
    {
        var rows = new TheoryData<string, string, string, string, string>();
        foreach (
            var (ids, deployment, outcome, document, expected) in RuleTables.Rows(table)
                .Select(row => row.Data)
                .Where(row => !Fetches(row.Item3, row.Item4)))
        {
            rows.Add(RequirementsAmong(ids), deployment, outcome, document, expected);
        }

        return rows;
    }

    /// <summary>Those of the catalogue, with spaces between.</summary>
    public static string RequirementsAmong(string ids) => string.Join(' ', ids.Split(' ').Where(Requirements.Contains));

    /// <summary>What a deployment refuses in all tables.</summary>
    public static IEnumerable<(string Error, string Body)> Refused(string deployment) =>
        from table in RuleTables.All
        from row in RuleTables.Rows(table)
        let columns = row.Data
        where columns.Item2 == deployment && columns.Item3 != RuleTables.Accepted
        select (columns.Item3, RuleTables.Document(columns.Item4));

    public static async Task CheckAsync(RunningServer server, string outcome, string document, string expected)
    {
        var body = RuleTables.Document(document);
        if (outcome != RuleTables.Accepted)
        {
            var refusal = await server.RefusedAsync(outcome, body);
            Assert.Contains(expected, refusal.Description, StringComparison.Ordinal);
            return;
        }

        var client = await server.RegisteredAsync(body);
        Assert.Equal(NeedsSecret(client), client.TryGetProperty("client_secret", out _));
        foreach (var member in JsonElement.Parse(CaseFile.Expand(expected)).EnumerateObject())
        {
            Assert.True(IsAsExpected(client, member), $"{member.Name} is not {member.Value} in {client}");
        }
    }

    private static bool Fetches(string outcome, string document) =>
        outcome == RuleTables.Accepted && document.Contains("\"sector_identifier_uri\"", StringComparison.Ordinal);

    /// <summary>
    /// A method with a secret needs one, and so does every algorithm whose key is made of it
    /// (OpenID Connect Core sections 10.1 and 10.2).
    /// </summary>
    private static bool NeedsSecret(JsonElement client) =>
        client.GetProperty("token_endpoint_auth_method").GetString()!.StartsWith("client_secret", StringComparison.Ordinal)
        || client.EnumerateObject().Any(member => member.Name.EndsWith("_alg", StringComparison.Ordinal)
            && member.Value.GetString() is "dir" or ['H', 'S', ..] or ['A', '1' or '2', ..]);

    /// <summary><c>null</c> stands for an absent member.</summary>
    private static bool IsAsExpected(JsonElement client, JsonProperty expected) =>
        client.TryGetProperty(expected.Name, out var actual)
            ? JsonElement.DeepEquals(actual, expected.Value)
            : expected.Value.ValueKind == JsonValueKind.Null;
}
