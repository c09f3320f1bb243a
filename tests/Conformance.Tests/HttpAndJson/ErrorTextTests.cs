using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.HttpAndJson;

/// <summary>RFC 6749 appendix A.7 and A.8: what an error may consist of, whatever was sent.</summary>
public sealed class ErrorTextTests(OpenServer shared) : IClassFixture<OpenServer>
{
    /// <summary>As in JSON: quotes, backslashes, controls, what is not ASCII, what turns text around.</summary>
    private static readonly string[] Texts =
    [
        "\\\"", "\\\\", "\\u0000", "\\u001b[31m", "\\r\\nX-Injected: 1", "\\u007f", "\\u00e9", "\\u202e", "\\ud83d\\ude00", "\u30AF",
        "<script>",
    ];

    [Theory]
    [InlineData("redirect_uris", "[\"{0}\"]")]
    [InlineData("grant_types", "[\"{0}\"]")]
    [InlineData("response_types", "[\"{0}\"]")]
    [InlineData("contacts", "[\"{0}\"]")]
    [InlineData("token_endpoint_auth_method", "\"{0}\"")]
    [InlineData("application_type", "\"{0}\"")]
    [InlineData("scope", "\"{0}\"")]
    [InlineData("client_name", "\"{0}\"")]
    [InlineData("client_name#en", "\"{0}\"")]
    [InlineData("client_uri", "\"https://client.example/{0}\"")]
    [InlineData("logo_uri", "\"{0}\"")]
    [InlineData("tos_uri", "\"{0}\"")]
    [InlineData("policy_uri", "\"{0}\"")]
    [InlineData("jwks_uri", "\"{0}\"")]
    [InlineData("jwks", "{{\"keys\":[{{\"kty\":\"{0}\",\"d\":\"x\"}}]}}")]
    [InlineData("software_id", "\"{0}\"")]
    [InlineData("software_version", "\"{0}\"")]
    [InlineData("client_name#{0}", "\"x\"")]
    [InlineData("{0}", "\"x\"")]
    [Requirement("6749-A-07")]
    [Requirement("7591-3.2.2-02")]
    public async Task Is_plain_ascii_whatever_a_member_holds(string member, string value)
    {
        foreach (var text in Texts)
        {
            var body = Bodies.With($"\"{string.Format(null, member, text)}\":{string.Format(null, value, text)}");
            if (member == "redirect_uris")
            {
                body = Bodies.Redirecting($"\"{text}\"");
            }

            var answer = await shared.Server.RegisterAsync(body);

            if (answer.Status != HttpStatusCode.Created)
            {
                answer.IsRefusal(body);
                Assert.True(System.Text.Ascii.IsValid(answer.Body), answer.Body);
                Assert.DoesNotContain('<', answer.Description!);
                Assert.False(answer.Headers.Contains("X-Injected"));
            }
        }
    }
}
