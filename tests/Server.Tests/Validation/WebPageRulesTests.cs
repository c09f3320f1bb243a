using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>The URIs that are shown to users, RFC 7591 section 2: one rule for all four, and for their translations.</summary>
public sealed class WebPageRulesTests
{
    private static readonly string[] Members =
        ["client_uri", "logo_uri", "tos_uri", "policy_uri", "client_uri#fr", "logo_uri#fr", "tos_uri#fr", "policy_uri#fr"];

    [Theory]
    [InlineData("7591-2-13", "javascript:alert(1)")]
    [InlineData("7591-2-13", "data:image/svg+xml,x")]
    [InlineData("7591-2-13", "file:///x")]
    [InlineData("7591-2-13", "/rel")]
    [InlineData("7591-2-13", "//client.example/x")]
    [InlineData("7591-2-13", "not a url")]
    [InlineData("7591-2-13", "ftp://x/")]
    [InlineData("7591-2-13", "https://")]
    [InlineData("7591-2-13", "https:client.example")]
    [InlineData("7591-2-13", "https://u:p@x/")]
    [InlineData("7591-2-13", "http://client.example/")]
    [InlineData("7591-2-13", "https://client.example:99999/")]
    [InlineData("7591-2-13", "https://client.example/<script>")]
    [InlineData("7591-2-13", "cursor://x/y")]
    [InlineData("limits", "https://client.example/<<a*2026>>")]
    public void Refuses_what_is_not_a_web_page(string id, string uri) =>
        Assert.All(Members, member => Assert.Equal((id, "invalid_client_metadata"), (id, Register(member, uri).Error)));

    [Theory]
    [InlineData("https://client.example/logo.png?size=2#dark")]
    [InlineData("https://client.example")]
    [InlineData("http://localhost:3000/about")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://client.example/<<a*2025>>")]
    public void Takes_web_pages_as_they_are_sent(string uri) => Assert.All(Members, member =>
    {
        var result = Register(member, uri);
        Assert.Equal((RuleTables.Accepted, ""), (result.Error, result.Description));
        var registered = result.Members[member];
        Assert.Equal(CaseFile.Expand(uri), (string?)registered);
    });

    private static Registering Register(string member, string uri) => Registering.Document(
        $$"""{ "redirect_uris": ["https://client.example/cb"], "{{member}}": "{{CaseFile.Expand(uri)}}" }""", Policies.Compat);
}
