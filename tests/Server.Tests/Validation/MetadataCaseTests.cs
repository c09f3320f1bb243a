using System.Text.Json.Nodes;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>
/// The rules of every member, by table: a policy, what comes of a document under it, and what the answer must then say. Each
/// table is a file of <c>Cases</c>.
/// </summary>
public sealed class MetadataCaseTests
{
    public static TheoryData<string, string, string, string, string> Cases(string table)
    {
        var cases = new TheoryData<string, string, string, string, string>();
        foreach (var row in CaseFile.Read(table))
        {
            cases.Add(row[0], row[1], row[2], row[3], row.Length > 4 ? row[4] : "{}");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases), "grants")]
    public void Keeps_grant_and_response_types_in_step(string id, string policy, string outcome, string document, string answer) =>
        Check(id, policy, outcome, document, answer);

    [Theory]
    [MemberData(nameof(Cases), "members")]
    public void Follows_the_rules_of_each_member(string id, string policy, string outcome, string document, string answer) =>
        Check(id, policy, outcome, document, answer);

    [Theory]
    [MemberData(nameof(Cases), "keys")]
    public void Takes_public_keys_only(string id, string policy, string outcome, string document, string answer) =>
        Check(id, policy, outcome, document, answer);

    [Theory]
    [MemberData(nameof(Cases), "texts")]
    public void Takes_texts_as_they_stand(string id, string policy, string outcome, string document, string answer) =>
        Check(id, policy, outcome, document, answer);

    [Theory]
    [MemberData(nameof(Cases), "clients")]
    public void Registers_the_clients_there_are(string id, string policy, string outcome, string document, string answer)
    {
        var result = Check(id, policy, outcome, document, answer);
        var asked = JsonNode.Parse(document)!;
        Assert.Equal(asked["redirect_uris"]!.AsArray().Select(uri => (string)uri!), result.Registered.RedirectUris.Select(uri => uri.Text));
        Assert.Equal((string?)asked["token_endpoint_auth_method"] ?? "client_secret_basic", result.Registered.TokenEndpointAuthMethod);
        Assert.All(result.Members, member => Assert.NotEqual("\"\"", member.Value?.ToJsonString() ?? "\"\""));
    }

    private static Registering Check(string id, string policy, string outcome, string document, string answer)
    {
        var result = Registering.Document(WithRedirectUri(CaseFile.Expand(document)), Policies.Named(policy));
        Assert.Equal((id, outcome, outcome == Registering.Accepted ? "" : result.Description), (id, result.Error, result.Description));
        foreach (var (name, expected) in JsonNode.Parse(CaseFile.Expand(answer))!.AsObject())
        {
            var actual = result.Members[name];
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{id}: {name} is {actual?.ToJsonString() ?? "absent"}.");
        }

        return result;
    }

    /// <summary><c>{+ ...</c> is a document that has, besides what follows, one good redirect URI.</summary>
    private static string WithRedirectUri(string document) => document.StartsWith("{+", StringComparison.Ordinal)
        ? $$"""{ "redirect_uris": ["https://client.example/cb"]{{(document.Length > 3 ? "," : "")}} {{document[2..]}}"""
        : document;
}
