using System.Net;
using System.Text;

namespace GrpcDcr.Doors.Tests.HttpAndJson;

/// <summary>RFC 7591 section 3, RFC 9110, RFC 8259: methods, media types, sizes and encodings.</summary>
public sealed class RequestShapeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string B0 = """{"redirect_uris":["https://client.example/cb"]}""";

    private readonly RunningServer server = fixture.Server;

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [Trait("Requirement", "7591-3-08 9110-01")]
    public async Task Other_methods_are_refused_with_Allow(string method)
    {
        var answer = await server.SendAsync(new HttpMethod(method), "/oauth/register");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Contains("POST", answer.Header("Allow"), StringComparison.Ordinal);
        if (method != "HEAD")
        {
            Oracle.IsOAuthError(answer);
        }
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    [InlineData("application/xml")]
    [InlineData("application/foo+json")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json; charset=bogus")]
    [InlineData("not a media type")]
    [InlineData(null)]
    [Trait("Requirement", "7591-3-02")]
    public async Task Only_JSON_is_metadata(string? type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(B0));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        var answer = await server.SendAsync(HttpMethod.Post, "/oauth/register", content);

        Oracle.IsRefused(answer, HttpStatusCode.UnsupportedMediaType, "invalid_request");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    [Trait("Requirement", "7591-3-01")]
    public async Task JSON_in_UTF8_is_accepted(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(B0));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Oracle.IsRegistered(await server.SendAsync(HttpMethod.Post, "/oauth/register", content));
    }

    [Fact]
    [Trait("Requirement", "9110-02")]
    public async Task A_compressed_body_is_refused()
    {
        using var content = new StringContent(B0, Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");

        Oracle.IsRefused(
            await server.SendAsync(HttpMethod.Post, "/oauth/register", content), HttpStatusCode.UnsupportedMediaType, "invalid_request");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "9110-02")]
    public async Task A_body_of_a_megabyte_is_refused_with_and_without_its_length(bool chunked)
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{"client_name":"{{new string('x', 1024 * 1024)}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/register") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;

        var answer = await Answer.OfAsync(await server.Public.SendAsync(request));

        Oracle.IsRefused(answer, HttpStatusCode.RequestEntityTooLarge, "invalid_request");
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("text/html")]
    [InlineData("application/json; q=0.1")]
    [Trait("Requirement", "9110-03")]
    public async Task Accept_changes_nothing(string accept) =>
        Oracle.IsRegistered(await server.SendAsync(
            HttpMethod.Post, "/oauth/register", new StringContent(B0, Encoding.UTF8, "application/json"), null, ("Accept", accept)));

    [Fact]
    [Trait("Requirement", "8259-02")]
    public async Task Bytes_that_are_no_UTF8_are_refused()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("""{"redirect_uris":["https://client.example/cb"],"client_name":" """), 0xFF, 0xFE, (byte)'"', (byte)'}'];

        Oracle.IsRefused(await server.RegisterAsync(body), HttpStatusCode.BadRequest, "invalid_client_metadata");
    }

    [Fact]
    [Trait("Requirement", "8259-03")]
    public async Task A_byte_order_mark_is_no_server_error()
    {
        var answer = await server.RegisterAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(B0)]);

        Assert.True((int)answer.Status is 201 or 400, answer.Text);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(10_000)]
    [Trait("Requirement", "8259-04")]
    public async Task Deep_nesting_is_refused(int depth) => await Oracle.RefusesAsync(
        server, $$"""{"redirect_uris":["https://client.example/cb"],"x":{{new string('[', depth)}}{{new string(']', depth)}}}""", "invalid_client_metadata");

    [Fact]
    [Trait("Requirement", "8259-04")]
    public async Task Thousands_of_unknown_members_do_no_harm()
    {
        var members = string.Concat(Enumerable.Range(0, 4000).Select(i => $",\"x{i}\":1"));

        Oracle.IsRegistered(await server.RegisterAsync($$"""{"redirect_uris":["https://client.example/cb"]{{members}}}"""));
    }

    [Fact]
    [Trait("Requirement", "6749-A-07 7591-3.2.2-02")]
    public async Task What_a_refusal_quotes_is_safe_to_show()
    {
        string[] hostile = ["\\u202e", "\\\"quoted\\\"", "<script>alert(1)</script>", "\\\\", "\\r\\nSet-Cookie: a=b", "\\u00e9"];
        foreach (var value in hostile)
        {
            var answer = await server.RegisterAsync(
                $$"""{"redirect_uris":["{{value}}"],"scope":"{{value}}","grant_types":["{{value}}"],"token_endpoint_auth_method":"{{value}}","client_uri":"{{value}}"}""");

            Oracle.IsOAuthError(answer);
            Assert.DoesNotContain("<script>", answer.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Requirement", "6750-2.3-01")]
    public async Task Nothing_is_taken_from_the_query()
    {
        var answer = await server.SendAsync(
            HttpMethod.Post,
            "/oauth/register?metadata.client_name=evil&client_name=evil&access_token=x",
            new StringContent(B0, Encoding.UTF8, "application/json"));

        Oracle.IsRegistered(answer);
        Assert.Null(answer["client_name"]);
    }

    [Fact]
    public async Task An_unknown_path_answers_JSON() =>
        Oracle.IsRefused(await server.SendAsync(HttpMethod.Get, "/nothing"), HttpStatusCode.NotFound, "invalid_request");
}
