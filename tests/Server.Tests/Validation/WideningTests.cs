using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>What an update adds to an approved client, and what is effective meanwhile.</summary>
public sealed class WideningTests
{
    /// <summary>
    /// A member of another specification: approved, asked for, what is effective meanwhile (empty for absent), whether it widens.
    /// </summary>
    [Theory]
    [InlineData(
        "post_logout_redirect_uris", """["https://a.example/bye"]""", """["https://a.example/other"]""", """["https://a.example/other"]""",
        false)]
    [InlineData(
        "post_logout_redirect_uris", """["https://a.example/bye"]""", """["https://a.example/bye","https://b.example/"]""",
        """["https://a.example/bye"]""", true)]
    [InlineData("claims_redirect_uris", "", """["https://b.example/"]""", "", true)]
    [InlineData("request_uris", """["https://a.example/r#1"]""", """["https://a.example/r#2"]""", """["https://a.example/r#2"]""", false)]
    [InlineData("request_uris", """["https://a.example/r"]""", """["https://b.example/r"]""", "", true)]
    [InlineData("authorization_details_types", """["pay"]""", """["pay","read"]""", """["pay"]""", true)]
    [InlineData("authorization_details_types", """["pay","read"]""", """["pay"]""", """["pay"]""", false)]
    [InlineData("dpop_bound_access_tokens", "true", "false", "true", true)]
    [InlineData("dpop_bound_access_tokens", "false", "true", "true", false)]
    [InlineData("require_pushed_authorization_requests", "true", "", "true", true)]
    [InlineData("tls_client_certificate_bound_access_tokens", "true", "", "true", true)]
    [InlineData("require_signed_request_object", "true", "true", "true", false)]
    [InlineData("default_max_age", "60", "600", "60", true)]
    public void Judges_members_of_other_specifications(string member, string approved, string next, string inForce, bool widens)
    {
        var widening = Widening.Of(With(member, approved), With(member, next));

        Assert.Equal(widens ? [member] : [], widening.Members);
        Assert.Equal(inForce.Replace(" ", "", StringComparison.Ordinal), widening.Effective.JsonOf(member));
    }

    /// <summary>Where a URI leads for the administrator who approves it.</summary>
    [Theory]
    [InlineData("https://a.example/cb", "a.example")]
    [InlineData("https://A.example:8443/cb", "A.example")]
    [InlineData("http://127.0.0.1:3000/cb", "localhost")]
    [InlineData("http://localhost/cb", "localhost")]
    [InlineData("com.example.app:/cb", "com.example.app:")]
    [InlineData("https://a.example:x@evil.example/cb", "https://a.example:x@evil.example/cb")]
    public void Knows_where_a_redirect_uri_leads(string uri, string target) => Assert.Equal(target, new RedirectUri(uri).Target);

    private static ClientMetadata With(string member, string json)
    {
        var client = new ClientMetadata { RedirectUris = ["https://a.example/cb"] };
        return json.Length == 0 ? client : client.Stating(member, json);
    }
}
