using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>JWTs of an issuer authenticate administrators and authorization servers (RFC 9068, RFC 8725).</summary>
public sealed class JwtTests : IAsyncLifetime
{
    private TestIssuer? _issuer;
    private RunningServer? _server;

    private TestIssuer Issuer => _issuer!;

    private RunningServer Server => _server!;

    private string Header => $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{Issuer.KeyId}}"}""";

    private DateTimeOffset Now => Server.Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _server = await RunningServer.StartAsync([.. Issuer.Settings, "RateLimit:FailedRoleToken=1000"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    [Fact]
    public async Task Of_an_administrator_are_accepted_by_both_listeners()
    {
        var token = Issuer.Token(Now);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(token)).Status);
        await Server.Administration(token).ListClientsAsync(new ListClientsRequest());
    }

    [Theory]
    [InlineData("application/at+jwt")]
    [InlineData("at+jwt")]
    public async Task May_have_either_type_of_RFC_9068(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Issuer.Token(Now, type: type))).Status);

    public static TheoryData<string> Wrong =>
    [
        "audience", "no audience", "issuer", "type", "no type", "expired", "no expiry", "not yet", "none", "HS256 with the public key",
        "other key", "unknown kid", "changed", "no subject", "crit", "bound", "two parts", "a claim twice",
        "control character in the name",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task That_are_wrong_are_not_accepted(string what)
    {
        var token = WrongToken(what);

        var answer = (await GetAsync(token)).IsStatus(HttpStatusCode.Unauthorized, 16, "CREDENTIAL_INVALID");
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await Server.Administration(token).ListClientsAsync(new ListClientsRequest()));

        Assert.Equal("invalid_token", Challenge.Of(answer)["error"]);
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
        Assert.StartsWith("Bearer realm=", refusal.Trailers.GetValue("www-authenticate"), StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Log.All, line => line.Contains(token.Split('.')[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_known_role_may_do_nothing()
    {
        var token = Issuer.Token(Now, role: "admin");

        var answer = (await GetAsync(token)).IsStatus(HttpStatusCode.Forbidden, 7, "ROLE_FORBIDS");

        Assert.Equal("insufficient_scope", Challenge.Of(answer)["error"]);
    }

    [Fact]
    public async Task Are_counted_and_added_up_like_wrong_tokens()
    {
        await using var server = await RunningServer.StartAsync([.. Issuer.Settings, "RateLimit:FailedRoleToken=10"]);
        for (var i = 0; i < 30; i++)
        {
            var answer = await GetAsync(WrongToken("audience"), server);
            Assert.Equal(i < 10 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, answer.Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Issuer.Token(server.Time.GetUtcNow()), server)).Status);
        var events = await server.EventsAsync(new ListAuditEventsRequest { Type = AuditEventType.RoleTokenRefused });
        Assert.Equal(
            [("CREDENTIAL_INVALID", 1L), ("RATE_LIMITED", 1L)],
            events.Select(e => (e.RegistrationRefused.Reason, e.RegistrationRefused.Count)).Order());
    }

    [Fact]
    public async Task Name_the_actor_and_who_vouches_for_it_in_the_audit_log()
    {
        var id = (await Server.RegisteredAsync(Bodies.Smallest)).GetProperty("client_id").GetString()!;

        await Server.Administration(Issuer.Token(Now, "dcr-approver", "f3a1")).ApproveClientAsync(
            new ApproveClientRequest { ClientId = id, Etag = (await Server.ClientAsync(id)).Etag });

        var events = await Server.EventsAsync(new ListAuditEventsRequest { ClientId = id });
        Assert.Equal(
            new Actor
            {
                Name = "f3a1",
                Role = ActorRole.Approver,
                AuthenticationMethod = AuthenticationMethod.Jwt,
                Issuer = Issuer.Authority,
                Subject = "f3a1",
            },
            events[^1].Actor);
    }

    [Fact]
    public async Task Have_the_claims_that_the_settings_name()
    {
        await using var server = await RunningServer.StartAsync(
            [.. Issuer.Settings, "Authentication:Jwt:NameClaim=preferred_username", "Authentication:Jwt:RoleClaim=realm_access.roles"]);
        var now = server.Time.GetUtcNow();
        var claims = """{"preferred_username":"alice@example","realm_access":{"roles":["x","dcr-admin"]},"roles":null}""";

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(Issuer.Token(now), server)).Status);
        await new RegistrationControl.RegistrationControlClient(server.As(Issuer.Token(now, claims: claims)))
            .CloseRegistrationAsync(new CloseRegistrationRequest { Reason = "night" });

        var acted = Assert.Single(await server.EventsAsync(new() { Type = AuditEventType.RegistrationClosed }));
        Assert.Equal(("alice@example", "alice"), (acted.Actor.Name, acted.Actor.Subject));
    }

    [Fact]
    public async Task Roles_may_be_words_of_a_text_such_as_scope()
    {
        await using var server = await RunningServer.StartAsync([.. Issuer.Settings, "Authentication:Jwt:RoleClaim=scope"]);

        var token = Issuer.Token(server.Time.GetUtcNow(), claims: """{"scope":"openid dcr-viewer"}""");

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(token, server)).Status);
    }

    [Fact]
    public async Task Of_a_type_that_the_settings_name_are_accepted()
    {
        await using var server = await RunningServer.StartAsync([.. Issuer.Settings, "Authentication:Jwt:ValidTypes=at+jwt JWT"]);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Issuer.Token(server.Time.GetUtcNow(), type: "JWT"), server)).Status);
    }

    private Task<Answer> GetAsync(string token) => GetAsync(token, Server);

    private static async Task<Answer> GetAsync(string token, RunningServer server)
    {
        using var client = new HttpClient { BaseAddress = server.AdminAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Answer.OfAsync(await client.GetAsync("/admin/v1/clients"));
    }

    private string WrongToken(string what) => what switch
    {
        "audience" => Issuer.Token(Now, claims: """{"aud":"https://other.example"}"""),
        "no audience" => Issuer.Token(Now, claims: """{"aud":null}"""),
        "issuer" => Issuer.Token(Now, claims: """{"iss":"https://other.example"}"""),
        "type" => Issuer.Token(Now, type: "JWT"),
        "no type" => Issuer.Sign(Header.Replace("typ", "x", StringComparison.Ordinal), Issuer.Claims(Now)),
        "expired" => Issuer.Token(Now.AddMinutes(-7)),
        "no expiry" => Issuer.Token(Now, claims: """{"exp":null}"""),
        "not yet" => Issuer.Token(Now, claims: $"{{\"nbf\":{Now.AddMinutes(2).ToUnixTimeSeconds()}}}"),
        "none" => $"{SigningKey.Encode("""{"alg":"none","typ":"at+jwt"}""")}.{SigningKey.Encode(Issuer.Claims(Now))}.",
        "HS256 with the public key" => SignedByPublicKey(),
        "other key" => SigningKey.P384.Jwt(Encoding.UTF8.GetBytes(Header), Encoding.UTF8.GetBytes(Issuer.Claims(Now)), "ES256"),
        "unknown kid" => Issuer.Sign(Header.Replace("first", "unknown", StringComparison.Ordinal), Issuer.Claims(Now)),
        "changed" => Changed(Issuer.Token(Now, "dcr-viewer")),
        "no subject" => Issuer.Token(Now, claims: """{"sub":null,"client_id":null}"""),
        "crit" => Issuer.Token(Now, header: ""","crit":["b64"],"b64":true"""),
        "bound" => Issuer.Token(Now, claims: """{"cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}"""),
        "two parts" => Issuer.Token(Now)[..Issuer.Token(Now).LastIndexOf('.')],
        "a claim twice" => Issuer.Sign(Header, Issuer.Claims(Now).Replace("\"jti\"", "\"sub\"", StringComparison.Ordinal)),
        "control character in the name" => Issuer.Token(Now, claims: """{"sub":"a\u0007","client_id":null}"""),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private string Changed(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{SigningKey.Encode(Issuer.Claims(Now))}.{parts[2]}";
    }

    private string SignedByPublicKey()
    {
        var signed = SigningKey.Encode("""{"alg":"HS256","typ":"at+jwt","kid":"first"}""") + "." + SigningKey.Encode(Issuer.Claims(Now));
        var key = Encoding.ASCII.GetBytes(((ECDsa)Issuer.Key.Key).ExportSubjectPublicKeyInfoPem());
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }
}
