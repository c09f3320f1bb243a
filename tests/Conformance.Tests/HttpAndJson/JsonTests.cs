using System.Net;
using System.Text;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.HttpAndJson;

/// <summary>RFC 8259, read strictly.</summary>
public sealed class JsonTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Metadata = "invalid_client_metadata";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("""{"redirect_uris":["https://a.example/"],"redirect_uris":["https://b.example/"]}""")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"\u0072edirect_uris":["https://b.example/"]}""")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"jwks":{"keys":[{"kty":"EC","kty":"RSA"}]}}""")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"x":1,"x":2}""")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"client_name":"a","client_name":null}""")]
    [Requirement("8259-01")]
    public Task Refuses_a_member_that_is_there_twice(string body) => _server.RefusedAsync(Metadata, body);

    [Fact]
    [Requirement("8259-02")]
    public async Task Refuses_bytes_that_are_not_utf_8()
    {
        foreach (var bad in new byte[][] { [0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80] })
        {
            byte[] body = [.. """{"redirect_uris":["https://client.example/cb"],"client_name":"a"""u8, .. bad, .. "\"}"u8];
            await _server.RefusedAsync(Metadata, HttpStatusCode.BadRequest, Bodies.Content(body, "application/json"));
        }

        var utf16 = Encoding.Unicode.GetBytes(Bodies.Smallest);
        await _server.RefusedAsync(Metadata, HttpStatusCode.BadRequest, Bodies.Content(utf16, "application/json"));
    }

    [Theory]
    [InlineData("\"client_name\":\"\\ud800\"")]
    [InlineData("\"client_name\":\"\\udc00\\ud800\"")]
    [InlineData("\"contacts\":[\"\\ud800x\"]")]
    [InlineData("\"client_name#en\":\"\\ud800\"")]
    [InlineData("\"client_name#\\ud800\":\"x\"")]
    [InlineData("\"jwks\":{\"keys\":[{\"kty\":\"\\ud800\"}]}")]
    [InlineData("\"jwks\":{\"keys\":[],\"\\ud800\":1}")]
    [Requirement("8259-02")]
    public Task Refuses_half_of_a_surrogate_pair(string members) => _server.RefusedAsync(Metadata, Bodies.With(members));

    [Theory]
    [InlineData("{\n  \"client_name\": x\n}", "line 2, byte 18")]
    [InlineData("{\"redirect_uris\":[\"https://a.example/\"],}", "line 1, byte 41")]
    [InlineData("{\"contacts\":[1,2", "line 1, byte 17")]
    [Requirement("8259-01")]
    public async Task Says_where_a_body_stops_being_json(string body, string position)
    {
        var refused = await _server.RegisterAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(position, refused.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"x\":\"\\ud800\"")]
    [InlineData("\"\\ud800\":1")]
    [Requirement("8259-02")]
    public async Task Survives_it_in_a_member_it_ignores(string members)
    {
        var answer = await _server.RegisterAsync(Bodies.With(members));

        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.BadRequest, answer.Body);
    }

    [Fact]
    [Requirement("8259-03")]
    public Task Refuses_a_byte_order_mark() => _server.RefusedAsync(
        Metadata, HttpStatusCode.BadRequest, Bodies.Content(
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Bodies.Smallest)], "application/json"));

    [Theory]
    [InlineData(65)]
    [InlineData(10_000)]
    [Requirement("8259-04")]
    public async Task Refuses_deep_nesting(int depth)
    {
        await _server.RefusedAsync(Metadata, Bodies.With($"\"x\":{new string('[', depth)}{new string(']', depth)}"));
        await _server.RefusedAsync(Metadata, Bodies.With($"\"jwks\":{{\"keys\":{new string('[', depth)}{new string(']', depth)}}}"));
    }

    [Fact]
    [Requirement("8259-04")]
    public async Task Bounds_members_and_strings()
    {
        var many = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"x{i}\":1"));
        var few = string.Join(',', Enumerable.Range(0, 4_000).Select(i => $"\"x{i}\":1"));
        var tooLarge = HttpStatusCode.RequestEntityTooLarge;

        // The answer comes before the body, which a client that did not wait for it could no longer send.
        const string Waiting = "Expect: 100-continue";
        await _server.RefusedAsync("invalid_request", tooLarge, Bodies.Json(Bodies.With(many)), Waiting);
        var longText = Bodies.Json(Bodies.With($"\"client_name\":\"{new string('a', 1_000_000)}\""));
        await _server.RefusedAsync("invalid_request", tooLarge, longText, Waiting);
        await _server.RefusedAsync(Metadata, Bodies.With($"\"client_name\":\"{new string('a', 50_000)}\""));
        await _server.RegisteredAsync(Bodies.With(few));
    }

    [Theory]
    [InlineData("client_name")]
    [InlineData("client_uri")]
    [InlineData("logo_uri")]
    [InlineData("scope")]
    [InlineData("tos_uri")]
    [InlineData("policy_uri")]
    [InlineData("jwks_uri")]
    [InlineData("software_id")]
    [InlineData("software_version")]
    [InlineData("token_endpoint_auth_method")]
    [InlineData("application_type")]
    [InlineData("client_name#en")]
    [InlineData("tos_uri#en")]
    [Requirement("8259-05")]
    public async Task Refuses_control_characters_in_every_text(string member)
    {
        foreach (var control in new[] { "\\u0000", "\\u0007", "\\r\\n", "\\u007f", "\\u0085", "\\t" })
        {
            await _server.RefusedAsync(Metadata, Bodies.With($"\"{member}\":\"https://client.example/{control}\""));
        }
    }

    [Theory]
    [InlineData("grant_types")]
    [InlineData("response_types")]
    [InlineData("contacts")]
    [Requirement("8259-05")]
    public Task Refuses_control_characters_in_every_list(string member) =>
        _server.RefusedAsync(Metadata, Bodies.With($"\"{member}\":[\"code\\u0000\"]"));

    [Theory]
    [InlineData("{\"\":1}")]
    [InlineData("{\"keys\":[],\"\":1}")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\",\"x\":{\"\":1}}]}")]
    [Requirement("7591-2-16")]
    public Task Refuses_keys_with_members_that_have_no_name(string jwks) => _server.RefusedAsync(Metadata, Bodies.With($"\"jwks\":{jwks}"));

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1E-400")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("1.0")]
    [Requirement("8259-06")]
    public async Task Never_fails_on_a_number(string number)
    {
        foreach (var members in new[]
        {
            $"\"x\":{number}",
            $"\"jwks\":{{\"keys\":[{{\"kty\":\"RSA\",\"n\":{number}}}]}}",
            $"\"default_max_age\":{number}",
        })
        {
            var answer = await _server.RegisterAsync(Bodies.With(members));
            if (answer.Status != HttpStatusCode.Created)
            {
                answer.IsRefusal(Metadata, HttpStatusCode.BadRequest, members);
            }
        }
    }

    [Theory]
    [InlineData("Accept: */*")]
    [InlineData("Accept: text/html")]
    [InlineData("Accept: application/json; q=0.1")]
    [InlineData("Accept: application/grpc")]
    [InlineData("Accept: ;;;")]
    [InlineData("X-None: 1")]
    [Requirement("9110-03")]
    [Requirement("MCP-INT-02")]
    public async Task Answers_in_json_whatever_is_accepted(string accept)
    {
        (await _server.RegisterAsync(Bodies.Smallest, accept)).IsRegistration();
        (await _server.RegisterAsync("{}", accept)).IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, accept);
    }
}
