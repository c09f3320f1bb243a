using System.Text.Json.Nodes;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>
/// The rules of every member, by table: a policy, what comes of a document under it, and either what the answer must say, or a part of the
/// description of the refusal. <c>null</c> in an answer means that the member is absent.
/// </summary>
public sealed class RuleTableTests
{
    public static TheoryData<string, string, string, string, string> Rows(string table) => RuleTables.Rows(table);

    [Theory]
    [MemberData(nameof(Rows), "algorithms")]
    [MemberData(nameof(Rows), "families")]
    [MemberData(nameof(Rows), "grants")]
    [MemberData(nameof(Rows), "key-material")]
    [MemberData(nameof(Rows), "keys")]
    [MemberData(nameof(Rows), "members")]
    [MemberData(nameof(Rows), "methods")]
    [MemberData(nameof(Rows), "openid")]
    [MemberData(nameof(Rows), "switches")]
    [MemberData(nameof(Rows), "texts")]
    public void A_document_registers_or_is_refused_as_the_table_says(
        string ids, string policy, string outcome, string document, string expected) =>
        Check(ids, policy, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Rows), "clients")]
    public void Clients_in_use_register_as_they_ask(string ids, string policy, string outcome, string document, string expected)
    {
        var result = Check(ids, policy, outcome, document, expected);

        var asked = JsonNode.Parse(document)!;
        Assert.Equal(asked["redirect_uris"]!.AsArray().Select(uri => (string)uri!), result.Registered.RedirectUris.Select(uri => uri.Text));
        Assert.Contains(
            result.Registered.TokenEndpointAuthMethod,
            asked["token_endpoint_auth_methods_supported"]?.AsArray().Select(method => (string?)method)
            ?? [(string?)asked["token_endpoint_auth_method"] ?? "client_secret_basic"]);
        Assert.All(result.Members, member => Assert.NotEqual("\"\"", member.Value?.ToJsonString() ?? "\"\""));
    }

    private static Registering Check(string ids, string policy, string outcome, string document, string expected)
    {
        var result = Registering.Document(RuleTables.Document(document), Policies.Named(policy));
        Assert.Equal((ids, outcome, outcome == RuleTables.Accepted ? "" : result.Description), (ids, result.Error, result.Description));
        if (outcome != RuleTables.Accepted)
        {
            Assert.Contains(expected, result.Description, StringComparison.Ordinal);
            PlainAscii.Check(result.Description);
            return result;
        }

        foreach (var (name, value) in JsonNode.Parse(CaseFile.Expand(expected))!.AsObject())
        {
            var actual = result.Members[name];
            Assert.True(JsonNode.DeepEquals(value, actual), $"{ids}: {name} is {actual?.ToJsonString() ?? "absent"}.");
        }

        return result;
    }
}
