using System.Net;
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
    private const string Accepted = "ok";

    private static readonly HashSet<string> Known = [.. Catalogue.Entries.Select(entry => entry.Id)];

    /// <summary>The rows of a table that check a requirement and fetch nothing.</summary>
    public static TheoryData<string, string, string, string, string> Rows(string table)
    {
        var rows = new TheoryData<string, string, string, string, string>();
        foreach (var row in CaseFile.Read(table).Where(row => Known.Contains(row[0]) && !Fetches(row)))
        {
            rows.Add(row[0], row[1], row[2], row[3], row[4]);
        }

        return rows;
    }

    /// <summary>What a deployment refuses in the tables of extension members.</summary>
    public static IEnumerable<(string Error, string Body)> Refused(string deployment) =>
        from table in new[] { "openid", "algorithms", "families", "methods" }
        from row in CaseFile.Read(table)
        where row[1] == deployment && row[2] != Accepted
        select (row[2], WithRedirectUri(CaseFile.Expand(row[3])));

    public static async Task CheckAsync(RunningServer server, string outcome, string document, string expected)
    {
        var body = WithRedirectUri(CaseFile.Expand(document));
        if (outcome != Accepted)
        {
            var refusal = (await server.RegisterAsync(body)).IsRefusal(outcome, HttpStatusCode.BadRequest, body);
            Assert.Contains(expected, refusal.Description, StringComparison.Ordinal);
            return;
        }

        var client = await server.RegisteredAsync(body);
        foreach (var member in JsonElement.Parse(CaseFile.Expand(expected)).EnumerateObject())
        {
            Assert.True(IsAsExpected(client, member), $"{member.Name} is not {member.Value} in {client}");
        }
    }

    private static bool Fetches(string[] row) => row[2] == Accepted && row[3].Contains("\"sector_identifier_uri\"", StringComparison.Ordinal);

    /// <summary><c>null</c> stands for an absent member, a string of digits for a number that protobuf has in quotes.</summary>
    private static bool IsAsExpected(JsonElement client, JsonProperty expected)
    {
        if (!client.TryGetProperty(expected.Name, out var actual))
        {
            return expected.Value.ValueKind == JsonValueKind.Null;
        }

        return JsonElement.DeepEquals(actual, expected.Value)
            || (actual.ValueKind == JsonValueKind.Number && expected.Value.ToString() == actual.GetRawText());
    }

    /// <summary><c>{+ ...</c> is a document that has, besides what follows, one good redirect URI.</summary>
    private static string WithRedirectUri(string document) => document.StartsWith("{+", StringComparison.Ordinal)
        ? $$"""{"redirect_uris":["https://client.example/cb"]{{(document.Length > 3 ? "," : "")}} {{document[2..]}}"""
        : document;
}
