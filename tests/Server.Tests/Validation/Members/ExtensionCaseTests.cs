using System.Text.Json.Nodes;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation.Members;

/// <summary>
/// The members that other specifications define, by table: a policy, what comes of a document under it, and either what the answer must
/// say, or what the description of the refusal must say. <c>null</c> in an answer means that the member is absent.
/// </summary>
public sealed class ExtensionCaseTests
{
    public static TheoryData<string, string, string, string, string> Cases(string table)
    {
        var cases = new TheoryData<string, string, string, string, string>();
        foreach (var row in CaseFile.Read(table))
        {
            cases.Add(row[0], row[1], row[2], row[3], row[4]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases), "algorithms")]
    public void Registers_algorithms_that_server_and_client_have(string id, string policy, string outcome, string document, string expected) =>
        Check(id, policy, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Cases), "methods")]
    public void Registers_methods_with_what_they_need(string id, string policy, string outcome, string document, string expected) =>
        Check(id, policy, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Cases), "key-material")]
    public void Takes_sound_keys_only(string id, string policy, string outcome, string document, string expected) =>
        Check(id, policy, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Cases), "openid")]
    public void Follows_openid_connect(string id, string policy, string outcome, string document, string expected) =>
        Check(id, policy, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Cases), "families")]
    public void Follows_the_other_families(string id, string policy, string outcome, string document, string expected) =>
        Check(id, policy, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Cases), "switches")]
    public void Follows_the_switches_of_a_deployment(string id, string policy, string outcome, string document, string expected) =>
        Check(id, policy, outcome, document, expected);

    private static void Check(string id, string policy, string outcome, string document, string expected)
    {
        var result = Registering.Document(WithRedirectUri(CaseFile.Expand(document)), Policies.Named(policy));
        Assert.Equal((id, outcome, outcome == Registering.Accepted ? "" : result.Description), (id, result.Error, result.Description));
        if (outcome != Registering.Accepted)
        {
            Assert.Contains(expected, result.Description, StringComparison.Ordinal);
            PlainAscii.Check(result.Description);
            return;
        }

        foreach (var (name, value) in JsonNode.Parse(CaseFile.Expand(expected))!.AsObject())
        {
            var actual = result.Members[name] ?? result.Members["extensions"]?[name] ?? result.Members["localized"]?[name];
            Assert.True(JsonNode.DeepEquals(value, actual), $"{id}: {name} is {actual?.ToJsonString() ?? "absent"}.");
        }
    }

    /// <summary><c>{+ ...</c> is a document that has, besides what follows, one good redirect URI.</summary>
    private static string WithRedirectUri(string document) => document.StartsWith("{+", StringComparison.Ordinal)
        ? $$"""{ "redirect_uris": ["https://client.example/cb"]{{(document.Length > 3 ? "," : "")}} {{document[2..]}}"""
        : document;
}
