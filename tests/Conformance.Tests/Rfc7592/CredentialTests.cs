using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 section 2 and appendix A: the registration access token, and nothing else.</summary>
public sealed class CredentialTests(OpenServer open, IssuedTokenServer gated) : IClassFixture<OpenServer>, IClassFixture<IssuedTokenServer>
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete];

    private readonly RunningServer _server = open.Server;

    [Fact]
    [Requirement("7592-2-01")]
    [Requirement("6750-3-02")]
    [Requirement("6750-INT-01")]
    public async Task Is_asked_for_and_no_error_is_named_when_none_was_sent()
    {
        var client = await OwnRecord.RegisterAsync(_server);

        foreach (var method in Methods)
        {
            var answer = await _server.SendAsync(method, client.Path, Bodies.Json("not json"));

            answer.IsRefusal("invalid_token", HttpStatusCode.Unauthorized, method.Method);
            Assert.Equal(["realm"], Challenge.Of(answer).Keys);
        }
    }

    [Fact]
    [Requirement("7592-2-02")]
    [Requirement("6750-2.3-01")]
    public async Task Is_taken_from_the_header_alone_and_no_other_credential_for_it()
    {
        var client = await OwnRecord.RegisterAsync(_server);
        var basic = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{client.ClientId}:{client.Secret}"));
        string[] credentials =
        [
            "Basic " + basic, "Bearer " + client.Secret, "Bearer " + RunningServer.AdminToken, "Bearer " + RunningServer.DirectoryToken,
            "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl", "Bearer " + client.ClientId,
        ];
        foreach (var method in Methods)
        {
            foreach (var credential in credentials)
            {
                var answer = await _server.SendAsync(method, client.Path, Bodies.Json("{}"), "Authorization: " + credential);
                answer.IsRefusal("invalid_token", HttpStatusCode.Unauthorized, credential);
            }

            foreach (var query in new[] { "access_token", "registration_access_token" })
            {
                var form = Bodies.Content(
                    System.Text.Encoding.ASCII.GetBytes($"{query}={client.Token}"), "application/x-www-form-urlencoded");
                var answer = await _server.SendAsync(method, $"{client.Path}?{query}={client.Token}", form);
                answer.IsRefusal("invalid_token", HttpStatusCode.Unauthorized, query);
            }
        }

        (await client.ReadAsync()).IsRecord();
    }

    [Fact]
    [Requirement("7592-2-02")]
    [Requirement("7592-2-06")]
    public async Task And_initial_access_tokens_do_not_stand_for_each_other()
    {
        var token = await gated.Server.IssueTokenAsync();
        var client = await OwnRecord.RegisterAsync(gated.Server, Bodies.Smallest, "Authorization: Bearer " + token);

        (await gated.Server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + client.Token)).IsUnknownToken();
        (await client.With(token).ReadAsync()).IsUnknownToken();
    }

    [Theory]
    [InlineData("random")]
    [InlineData("truncated")]
    [InlineData("longer")]
    [InlineData("other case")]
    [InlineData("not canonical")]
    [InlineData("not base64url")]
    [Requirement("7592-2.1-04")]
    [Requirement("OIDR-4.4-01")]
    public async Task That_is_wrong_opens_nothing(string kind)
    {
        var client = await OwnRecord.RegisterAsync(_server);
        var token = kind switch
        {
            "truncated" => client.Token[..^4],
            "longer" => client.Token + "AAAA",
            "other case" => client.Token.ToUpperInvariant(),
            "not canonical" => client.Token[..^1] + "B",
            "not base64url" => client.Token[..^4] + "~+/~",
            _ => new string('A', 43) + client.Token[43..],
        };

        foreach (var answer in new[]
        {
            await client.With(token).ReadAsync(),
            await client.With(token).PutAsync("{}"),
            await client.With(token).DeleteAsync(),
        })
        {
            Assert.Equal("invalid_token", Challenge.Of(answer.IsUnknownToken())["error"]);
        }

        (await client.ReadAsync()).IsRecord();
    }

    [Theory]
    [InlineData("/oauth/register/0190b6a4-0000-7000-8000-000000000000")]
    [InlineData("/oauth/register/nonsense")]
    [InlineData("/oauth/register/..%2fx")]
    [Requirement("OIDR-4.4-02")]
    [Requirement("9110-01")]
    public async Task Is_asked_for_at_every_address_of_the_kind(string path)
    {
        var client = await OwnRecord.RegisterAsync(_server);
        foreach (var method in Methods)
        {
            (await _server.SendAsync(method, path, null)).IsRefusal("invalid_token", HttpStatusCode.Unauthorized, path);
            (await _server.SendAsync(method, path, null, "Authorization: Bearer " + client.Token)).IsUnknownToken();
        }

        (await client.ReadAsync()).IsRecord();
    }

    [Fact]
    [Requirement("7592-5-02")]
    [Requirement("7592-A-03")]
    [Requirement("6749-10.10-01")]
    [Requirement("6750-2.1-02")]
    public async Task Cannot_be_guessed()
    {
        var tokens = (await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => OwnRecord.RegisterAsync(_server))))
            .Select(client => client.Token)
            .ToList();

        Assert.All(tokens, token => Assert.Matches(@"^[A-Za-z0-9_.-]{43,}\z", token));
        Assert.Equal(1000, tokens.Distinct(StringComparer.Ordinal).Count());
        // 48 bits at the beginning alone: that two of a thousand share them is an accident of one in 500 million.
        Assert.Equal(1000, tokens.Select(token => token[..8]).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("POST")]
    [InlineData("PROPFIND")]
    [Requirement("7592-2-04")]
    [Requirement("9110-01")]
    public async Task Does_not_help_with_other_methods(string method)
    {
        var client = await OwnRecord.RegisterAsync(_server);

        var answer = await _server.SendAsync(
            new HttpMethod(method), client.Path, Bodies.Json("{}"), "Authorization: Bearer " + client.Token);

        answer.IsRefusal("invalid_request", HttpStatusCode.MethodNotAllowed, method);
        Assert.Equal(["DELETE", "GET", "HEAD", "PUT"], answer.ContentHeaders.Allow.Order(StringComparer.Ordinal));
    }
}
