using System.Net;
using System.Text.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Discovery;

/// <summary>RFC 8414: what the metadata document says is what registration does.</summary>
public sealed class MetadataTests(OpenServer shared) : IClassFixture<OpenServer>
{
    public const string Path = "/.well-known/oauth-authorization-server";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("8414-2-01")]
    [Requirement("8414-2-02")]
    [Requirement("8414-2-03")]
    [Requirement("8414-3-02")]
    [Requirement("8414-3-03")]
    public async Task Describes_registration()
    {
        var answer = await _server.SendAsync(HttpMethod.Get, Path, null);
        var document = answer.Json;

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.ContentHeaders.ContentType!.MediaType);
        var origin = _server.PublicAddress.GetLeftPart(UriPartial.Authority);
        Assert.Equal(origin, document.GetProperty("issuer").GetString());
        Assert.Equal(origin + RegistrationCalls.Path, document.GetProperty("registration_endpoint").GetString());
        Assert.Equal(["code"], document.Strings("response_types_supported"));
        Assert.Contains("none", document.Strings("token_endpoint_auth_methods_supported"));
        Assert.Contains("authorization_code", document.Strings("grant_types_supported"));
        using var client = new HttpClient();
        var registration = await client.PostAsync(document.GetProperty("registration_endpoint").GetString(), Bodies.Json(Bodies.Smallest));
        (await Answer.OfAsync(registration)).IsRegistration();
    }

    [Fact]
    [Requirement("9110-01")]
    public async Task Answers_head_like_get_without_a_body()
    {
        var get = await _server.SendAsync(HttpMethod.Get, Path, null);
        var head = await _server.SendAsync(HttpMethod.Head, Path, null);

        Assert.Equal(get.ContentHeaders.ContentLength, head.ContentHeaders.ContentLength);
        Assert.Empty(head.Body);
    }

    [Theory]
    [InlineData(
        "token_endpoint_auth_methods_supported", "\"token_endpoint_auth_method\":\"{0}\"",
        "private_key_jwt client_secret_jwt tls_client_auth")]
    [InlineData("response_types_supported", "\"response_types\":[\"{0}\"]", "token id_token none")]
    [InlineData("grant_types_supported", "\"grant_types\":[\"authorization_code\",\"{0}\"]", "password implicit client_credentials")]
    [InlineData("scopes_supported", "\"scope\":\"{0}\"", "admin address")]
    [Requirement("8414-2-04")]
    public async Task Advertises_exactly_what_registers(string list, string member, string others)
    {
        var document = (await _server.SendAsync(HttpMethod.Get, Path, null)).Json;
        var name = JsonElement.Parse("{" + string.Format(null, member, "x") + "}").EnumerateObject().Single().Name;

        foreach (var value in document.Strings(list))
        {
            var client = await _server.RegisteredAsync(Bodies.With(string.Format(null, member, value)));
            Assert.Contains(value, client.GetProperty(name).GetRawText(), StringComparison.Ordinal);
        }

        foreach (var value in others.Split(' '))
        {
            Assert.DoesNotContain(value, document.Strings(list));
            var answer = await _server.RegisterAsync(Bodies.With(string.Format(null, member, value)));
            Assert.True(
                answer.Status == HttpStatusCode.BadRequest
                    || !answer.Json.GetProperty(name).GetRawText().Contains(value, StringComparison.Ordinal),
                $"{value}: {answer.Body}");
        }
    }

    [Theory]
    [InlineData(Path + "/tenant")]
    [InlineData("/tenant" + Path)]
    [InlineData("/.well-known/openid-configuration")]
    [Requirement("8414-3-01")]
    public async Task Answers_for_no_other_issuer(string path) =>
        (await _server.SendAsync(HttpMethod.Get, path, null)).IsRefusal("invalid_request", HttpStatusCode.NotFound, path);
}
