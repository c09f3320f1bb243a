using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 2: values that are refused, each with the error of section 3.2.2 and nothing left behind.</summary>
public sealed class RefusedMetadataTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string RedirectUri = "invalid_redirect_uri";
    private const string Metadata = "invalid_client_metadata";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("grant_types")]
    [InlineData("response_types")]
    [InlineData("contacts")]
    [Requirement("7591-2-11")]
    public async Task Refuses_lists_that_are_no_arrays_of_strings(string member)
    {
        foreach (var value in new[] { "\"x\"", "1", "{}", "true", "[1]", "[null]", "[[]]", "[\"code\",{}]" })
        {
            await RefusedAsync(Metadata, member, Bodies.With($"\"{member}\":{value}"));
        }
    }

    [Theory]
    [InlineData("client_name")]
    [InlineData("client_uri")]
    [InlineData("logo_uri")]
    [InlineData("tos_uri")]
    [InlineData("policy_uri")]
    [InlineData("scope")]
    [InlineData("jwks_uri")]
    [InlineData("software_id")]
    [InlineData("software_version")]
    [InlineData("token_endpoint_auth_method")]
    [Requirement("7591-2-12")]
    public async Task Refuses_text_that_is_no_string_and_names_the_member(string member)
    {
        foreach (var value in new[] { "1", "[]", "[\"x\"]", "{}", "true", "1.5e3" })
        {
            var refusal = await RefusedAsync(Metadata, member, Bodies.With($"\"{member}\":{value}"));
            Assert.Contains(member, refusal.Description, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("client_uri")]
    [InlineData("logo_uri")]
    [InlineData("tos_uri")]
    [InlineData("policy_uri")]
    [InlineData("logo_uri#fr")]
    [InlineData("client_uri#pt-BR")]
    [Requirement("7591-2-13")]
    [Requirement("7591-2.2-04")]
    public async Task Refuses_pages_that_no_browser_should_open(string member)
    {
        string[] values =
        [
            "javascript:alert(1)", "data:image/svg+xml,x", "file:///x", "/rel", "not a url", "ftp://x/", "https://", "https://u:p@x/",
            "vbscript:x", "//client.example/", "https:client.example", "JavaScript:alert(1)",
        ];
        foreach (var value in values)
        {
            await RefusedAsync(Metadata, member, Bodies.With($"\"{member}\":\"{value}\""));
        }
    }

    [Fact]
    [Requirement("7591-2.1-03")]
    public Task Refuses_refresh_tokens_that_nothing_could_issue() =>
        RefusedAsync(Metadata, "7591-2.1-03", Bodies.With("\"grant_types\":[\"refresh_token\"]"));

    [Theory]
    [InlineData("https://client.example/\u202e\\\"<script>alert(1)</script>")]
    [InlineData("java\\u0000script:\\u00e9\\n\\\\")]
    [Requirement("7591-3.2.2-02")]
    [Requirement("6749-A-07")]
    public async Task Quotes_nothing_dangerous_in_a_description(string uri)
    {
        var refusal = await RefusedAsync(RedirectUri, uri, Bodies.Redirecting($"\"{uri}\""));

        Assert.DoesNotContain('<', refusal.Description!);
        Assert.True(System.Text.Ascii.IsValid(refusal.Body));
    }

    [Fact]
    [Requirement("OIDR-2-10")]
    [Requirement("7591-6-01")]
    public async Task Repeats_neither_key_material_nor_contacts()
    {
        var keys = await RefusedAsync(
            Metadata, "OIDR-2-10", Bodies.With("\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"d\":\"very-private-number\"}]}"));
        var contacts = await RefusedAsync(Metadata, "7591-6-01", Bodies.With("\"contacts\":[\"alice@person.example\\u0001\"]"));

        Assert.DoesNotContain("very-private-number", keys.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", contacts.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Log.All, line => line.Contains("very-private-number", StringComparison.Ordinal));
        Assert.DoesNotContain(_server.Log.All, line => line.Contains("alice", StringComparison.Ordinal));
    }

    private async Task<Answer> RefusedAsync(string error, string context, string body)
    {
        var refusal = await _server.RefusedAsync(error, body);
        Assert.True(refusal.Description is not null, context);
        return refusal;
    }
}
