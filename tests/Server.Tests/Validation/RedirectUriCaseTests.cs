using System.Text.Json.Nodes;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>
/// Every redirect URI worth a thought, as each kind of client may register it. The table says for each: A accepted as it is, N
/// accepted and registered as native, R refused.
/// </summary>
public sealed class RedirectUriCaseTests
{
    private const string Web = """, "application_type": "web" """;
    private const string Native = """, "application_type": "native" """;
    private const string Implicit = """, "grant_types": ["implicit"], "response_types": ["id_token"] """;

    /// <summary>The columns of the table in order, and what a client of that column sends besides its URIs.</summary>
    private static readonly (string Column, string Members)[] Columns =
        [("web/code", Web), ("web/implicit", Web + Implicit), ("native", Native)];

    public static TheoryData<string, string, string, char, string> Cases()
    {
        var cases = new TheoryData<string, string, string, char, string>();
        foreach (var row in CaseFile.Read("redirect-uris"))
        {
            var (id, compat, strict, uris) = (row[0], row[1], row[2], row[3]);
            foreach (var (column, at) in Columns.Select((c, i) => (c.Column, i)))
            {
                cases.Add(id, "wide", column, compat[at], uris);
                cases.Add(id, "wide+strict", column, strict[at], uris);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Accepts_and_refuses_redirect_uris(string id, string policy, string column, char expected, string uris)
    {
        var members = Columns.Single(c => c.Column == column).Members;
        Check(id, policy, members, expected, CaseFile.Expand(uris));

        // A client that says nothing of its type is validated as a web client: OpenID Connect Registration section 2.
        if (column != "native")
        {
            Check(id, policy, members.Replace(Web, "", StringComparison.Ordinal), expected, CaseFile.Expand(uris));
        }
    }

    [Fact]
    public void Has_all_hundred_rows() => Assert.Equal(
        Enumerable.Range(1, 100).Select(n => $"R-{n:00}"),
        CaseFile.Read("redirect-uris").Select(row => row[0].Split(' ')[0]).Distinct());

    private static void Check(string id, string policy, string members, char expected, string uris)
    {
        var result = Registering.Document($$"""{ "redirect_uris": {{uris}} {{members}} }""", Policies.Named(policy));
        if (expected == 'R')
        {
            Assert.Equal((id, "invalid_redirect_uri"), (id, result.Error));
            return;
        }

        Assert.Equal((id, RuleTables.Accepted, ""), (id, result.Error, result.Description));
        Assert.Equal(JsonNode.Parse(uris)!.AsArray().Select(uri => (string)uri!), result.Registered.RedirectUris.Select(uri => uri.Text));
        var asked = members.Contains(Native, StringComparison.Ordinal) || expected == 'N' ? "native" : "web";
        Assert.Equal(asked, result.Registered.ApplicationType);
    }
}
