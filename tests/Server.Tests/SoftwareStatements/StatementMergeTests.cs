using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>The request and the statement together.</summary>
public sealed class StatementMergeTests
{
    private const string Uri = "https://client.example/cb";
    private const string OtherUri = "https://client.example/other";

    private static readonly ClientMetadata Asked = new() { RedirectUris = [Uri, OtherUri], ClientName = "B", Scope = "email profile" };

    [Fact, Trait("Requirement", "SS-13")]
    public async Task Claims_beat_plain_members()
    {
        var merged = await MergeAsync(Asked, """,  "client_name":"A","scope":"email","grant_types":["refresh_token"]""");
        Assert.Equal(
            ("A", "email", "refresh_token", "product-7"),
            (merged.ClientName, merged.Scope, merged.GrantTypes[0], merged.Text(CoreMembers.SoftwareId)));
        Assert.Equal(Asked.RedirectUris, merged.RedirectUris);
    }

    [Fact, Trait("Requirement", "SS-13")]
    public async Task Claims_beat_plain_members_of_other_specifications()
    {
        var asked = Asked.Stating("subject_type", "\"public\"").Stating("default_max_age", "1");
        var merged = await MergeAsync(asked, ",\"subject_type\":\"pairwise\",\"require_auth_time\":false");
        Assert.Equal("pairwise", merged.Text(ExtensionMembers.SubjectType));
        Assert.Equal(
            ["default_max_age", "require_auth_time", "subject_type"], SampleMembers.ExtensionsOf(merged).Order(StringComparer.Ordinal));
    }

    [Fact, Trait("Requirement", "SS-13")]
    public async Task Claims_beat_members_of_the_deployment_s_own()
    {
        var asked = Asked.Stating("org_id", "\"B\"");
        var merged = await MergeAsync(asked, ",\"org_id\":{\"id\":\"A\"},\"org_name\":\"A\"");
        Assert.Equal("""{"id":"A"}""", Assert.Single(merged.Extensions).Value.GetRawText());
    }

    [Fact, Trait("Requirement", "SS-14")]
    public async Task The_list_of_the_statement_replaces_the_one_of_the_request() =>
        Assert.Equal([Uri], (await MergeAsync(Asked, $",\"redirect_uris\":[\"{Uri}\"]")).RedirectUris);

    [Theory, Trait("Requirement", "SS-14")]
    [InlineData("redirect_uris", "[]")]
    [InlineData("client_name", "\"\"")]
    public async Task What_the_statement_leaves_empty_is_not_open_to_the_request(string claim, string value)
    {
        var merged = await MergeAsync(Asked, $",\"{claim}\":{value}");
        Assert.False(merged.States(claim));
    }

    [Fact, Trait("Requirement", "SS-14")]
    public async Task A_null_claim_leaves_the_member_open() =>
        Assert.Equal("B", (await MergeAsync(Asked, ",\"client_name\":null")).ClientName);

    [Theory, Trait("Requirement", "SS-14")]
    [InlineData(",\"client_name\":\"A\"", "A", "logo_uri#en")]
    [InlineData(",\"client_name#fr\":\"A\"", null, "client_name#fr logo_uri#en")]
    [InlineData(",\"client_name\":\"A\",\"client_name#EN\":\"A\"", "A", "client_name#EN logo_uri#en")]
    [InlineData(",\"logo_uri\":\"https://a.example/l\"", "B", "client_name#en")]
    public async Task No_translation_says_what_the_statement_does_not(string claims, string? name, string localized)
    {
        var asked = Asked with
        {
            Localized = new Dictionary<string,
            string>
            { ["client_name#en"] = "Bank", ["logo_uri#en"] = "https://b.example/l" },
        };
        var merged = await MergeAsync(asked, claims);
        Assert.Equal((name, localized), (merged.ClientName, string.Join(' ', merged.Localized.Keys.Order(StringComparer.Ordinal))));
    }

    [Fact, Trait("Requirement", "SS-15")]
    public async Task Carries_the_statement_byte_for_byte()
    {
        var text = Verifying.Statement();
        var statement = await new Verifying().VerifyAsync(text);
        Assert.Equal(text, SoftwareStatementMerge.Merge(Asked with { SoftwareStatement = "another" }, statement).Merged.SoftwareStatement);
    }

    [Theory, Trait("Requirement", "SS-19")]
    [InlineData(",\"redirect_uris\":[\"https://x/#f\"]", "redirect_uris")]
    [InlineData(",\"redirect_uris\":\"https://x/\"", "redirect_uris")]
    [InlineData(",\"jwks\":{\"keys\":[]}", "jwks")]
    [InlineData(",\"client_name\":\"a\\u202eb\"", "client_name")]
    [InlineData(",\"client_name#ja\":1", "client_name#ja")]
    [InlineData(",\"scope\":\"admin\"", "scope")]
    public async Task What_a_statement_says_is_checked_like_anything(string claims, string member)
    {
        var asked = Asked with { JwksUri = "https://client.example/jwks" };
        var result = SoftwareStatementMerge.Merge(asked, await new Verifying().VerifyAsync(Verifying.Statement(claims)));
        var violations = result.Violations.Concat(MetadataRules.Validate(result.Merged, Policies.Compat).Violations).ToList();
        Assert.NotEmpty(violations);
        Assert.All(violations, violation => Assert.Equal(member, violation.Member));
    }

    [Theory, Trait("Requirement", "BR-04"), Trait("Requirement", "SS-14")]
    [InlineData(Uri, "")]
    [InlineData(Uri + " " + OtherUri, "")]
    [InlineData("", "is missing; the request must choose")]
    [InlineData("https://client.example/third", "has 'https://client.example/third', which is not among")]
    [InlineData(Uri + " https://CLIENT.example/cb", "has 'https://CLIENT.example/cb', which is not among")]
    [InlineData(Uri + "/", "which is not among")]
    public async Task The_request_chooses_from_the_list_of_the_statement(string asked, string because)
    {
        var uris = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var result = await MergeAsync(
            Asked with { RedirectUris = [.. uris.Select(uri => new RedirectUri(uri))] },
            $",\"redirect_uris\":[\"{OtherUri}\",\"{Uri}\"]",
            issuer => issuer.RedirectUris = RedirectUriPrecedence.Subset);
        Assert.Equal(uris, result.Merged.RedirectUris.Select(uri => uri.Text));
        Expect(result, CoreMembers.RedirectUris, because);
    }

    [Fact, Trait("Requirement", "BR-04")]
    public async Task Nothing_can_be_chosen_from_a_statement_without_a_list() => Expect(
        await MergeAsync(Asked with { RedirectUris = [Uri] }, "", issuer => issuer.RedirectUris = RedirectUriPrecedence.Subset),
        CoreMembers.RedirectUris, "which is not among");

    [Theory, Trait("Requirement", "BR-03")]
    [InlineData("jwks_uri", "\"https://directory.example/k\"", "")]
    [InlineData("jwks_uri", "\"https://directory.example/x\"", "differs from software_statement")]
    [InlineData("jwks", "{\"keys\":[]}", "must not be in the request")]
    [InlineData("contacts", "[\"b\",\"a\"]", "")]
    [InlineData("contacts", "[\"a\"]", "differs from software_statement")]
    [InlineData("subject_type", "\"public\"", "")]
    [InlineData("subject_type", "\"pairwise\"", "differs from software_statement")]
    [InlineData("policy_uri", "\"https://client.example/p\"", "")]
    public async Task A_request_may_not_choose_what_is_refused(string member, string value, string because)
    {
        var result = await MergeAsync(
            Asked.Stating(member, value),
            ",\"software_jwks_uri\":\"https://directory.example/k\",\"contacts\":[\"a\",\"b\"],\"subject_type\":\"public\"",
            issuer => (issuer.RefusedMembers, issuer.ClaimNames) = ("jwks jwks_uri contacts subject_type", "jwks_uri=software_jwks_uri"));
        Assert.Equal("https://directory.example/k", result.Merged.JwksUri);
        Expect(result, member, because);
    }

    [Fact]
    public async Task Keys_that_are_not_text_are_not_the_keys_of_the_statement() => Expect(
        await MergeAsync(
            Asked with { Jwks = JsonElement.Parse("""{"keys":["\ud800"]}""") }, ",\"jwks\":{\"keys\":[\"x\"]}",
            issuer => issuer.RefusedMembers = "jwks"),
        CoreMembers.Jwks, "differs from software_statement");

    [Theory]
    [InlineData("scope client_name redirect_uris", "", "")]
    [InlineData("scope contacts", "contacts", "is missing")]
    [InlineData("software_id", "software_id", "is missing")]
    [InlineData("jwks", "jwks", "is missing")]
    [InlineData("subject_type", "subject_type", "is missing")]
    public async Task A_request_must_have_what_is_required(string required, string member, string because) =>
        Expect(await MergeAsync(Asked, "", issuer => issuer.RequiredMembers = required), member, because);

    private static void Expect(MergedMetadata result, string member, string because)
    {
        if (because.Length == 0)
        {
            Assert.Empty(result.Violations);
            return;
        }

        var violation = Assert.Single(result.Violations);
        Assert.Equal(member, violation.Member);
        Assert.StartsWith(member, violation.Description, StringComparison.Ordinal);
        Assert.Contains(because, violation.Description, StringComparison.Ordinal);
        PlainAscii.Check(violation.Description);
    }

    private static async Task<ClientMetadata> MergeAsync(ClientMetadata asked, string claims)
    {
        var result = await MergeAsync(asked, claims, _ => { });
        Assert.Empty(result.Violations);
        return result.Merged;
    }

    private static async Task<MergedMetadata> MergeAsync(
        ClientMetadata asked, string claims, Action<SoftwareStatementIssuerOptions> change) =>
        SoftwareStatementMerge.Merge(asked, await new Verifying(change).VerifyAsync(Verifying.Statement(claims)));
}
