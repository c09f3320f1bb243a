using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Network;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>TLS client certificates authenticate administrators and authorization servers.</summary>
public sealed class CertificateTests : IAsyncLifetime
{
    private CertifiedServer? _started;

    private CertifiedServer Service => _started!;

    public async ValueTask InitializeAsync() => _started = await CertifiedServer.StartAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public static TheoryData<string> Wrong =>
    [
        "none", "another root of the same name", "self-signed", "expired", "not yet", "for servers", "of nobody", "a part of the subject",
        "more than the subject", "wildcard", "uri as dns", "of two",
    ];

    [Theory]
    [InlineData("CN=viewer,O=Example", "")]
    [InlineData("CN=anything", "other.example Console.Example")]
    [InlineData("", "spiffe://example/as")]
    public async Task That_names_someone_is_enough_at_both_listeners(string subject, string names)
    {
        using var own = Service.Authority.Issue(subject, names.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        using var channel = Service.Internal(own);

        Assert.Equal(HttpStatusCode.OK, (await Service.ListAsync(own)).Status);
        await new ClientAdministration.ClientAdministrationClient(channel).ListClientsAsync(new ListClientsRequest());
    }

    [Fact]
    public async Task Of_an_intermediate_authority_is_accepted_with_the_certificate_of_that()
    {
        using var handler = CertifiedServer.Showing(null);
        handler.SslOptions.ClientCertificateContext = Service.Authority.IssueByIntermediate("CN=viewer,O=Example");
        using var client = new HttpClient(handler) { BaseAddress = Service.Server.AdminAddress };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/admin/v1/clients")).StatusCode);
    }

    /// <summary>Whoever connects could otherwise make the service ask any address.</summary>
    [Fact]
    public async Task That_names_places_makes_no_request_to_them()
    {
        await using var trap = HostileServer.Plain(_ => Task.CompletedTask);
        using var own = TestAuthority.Only.ThatNamesPlaces($"http://127.0.0.1:{trap.Port}");

        (await Service.ListAsync(own)).IsStatus(HttpStatusCode.Unauthorized, 16, "CREDENTIAL_REQUIRED");
        Assert.Equal(0, await trap.ArrivalsAsync());
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task That_is_wrong_has_no_identity_but_a_token_counts(string what)
    {
        using var own = WrongOf(what);
        using var channel = Service.Internal(own);

        (await Service.ListAsync(own)).IsStatus(HttpStatusCode.Unauthorized, 16, "CREDENTIAL_REQUIRED");
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ClientAdministration.ClientAdministrationClient(channel).ListClientsAsync(new ListClientsRequest()));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Service.ListAsync(own, RunningServer.AdminToken)).Status);
    }

    [Fact]
    public async Task Does_not_make_a_wrong_token_good()
    {
        using var own = Service.Of("admin");

        (await Service.ListAsync(own, "of-nobody-at-all")).IsStatus(HttpStatusCode.Unauthorized, 16, "CREDENTIAL_INVALID");
        (await Service.ListAsync(own, "not well formed")).IsStatus(HttpStatusCode.BadRequest, 3, "MALFORMED_CREDENTIAL");
    }

    [Fact]
    public async Task A_token_beside_it_says_who_calls()
    {
        using var own = Service.Of("viewer");

        (await CloseAsync(own, token: null)).IsStatus(HttpStatusCode.Forbidden, 7, "ROLE_FORBIDS");
        Assert.Equal(HttpStatusCode.OK, (await CloseAsync(own, RunningServer.AdminToken)).Status);
    }

    [Fact]
    public async Task Names_the_actor_in_the_audit_log()
    {
        using var own = Service.Of("admin");
        using var channel = Service.Internal(own);

        Assert.Equal(HttpStatusCode.OK, (await CloseAsync(own, token: null)).Status);

        var events = await new AuditLog.AuditLogClient(channel).ListAuditEventsAsync(new ListAuditEventsRequest
        {
            Type = AuditEventType.RegistrationClosed,
        });
        Assert.Equal(
            new Actor
            {
                Name = "admin-of-the-tests",
                Role = ActorRole.Admin,
                AuthenticationMethod = AuthenticationMethod.Certificate,
                Issuer = "CN=Clients, O=Example",
                Subject = "CN=admin,O=Example",
            },
            Assert.Single(events.Events).Actor);
    }

    [Fact]
    public async Task Ends_when_it_expires_on_a_connection_that_stays_open()
    {
        using var own = Service.Authority.Issue("CN=viewer,O=Example", [], to: 1);
        using var client = Service.Admin(own);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/admin/v1/clients")).StatusCode);

        Service.Server.Time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/admin/v1/clients")).StatusCode);
    }

    /// <summary>Browsers show the certificate of their user whoever made the page, but ask first before they send JSON.</summary>
    [Fact]
    public async Task Does_not_let_a_page_of_another_site_act()
    {
        using var own = Service.Of("admin");
        using var client = Service.Admin(own);
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
        {
            using var body = new StringContent("""{"reason":"x"}""");
            body.Headers.Remove("Content-Type");
            body.Headers.TryAddWithoutValidation("Content-Type", type);

            Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/admin/v1/registration:close", body)).StatusCode);
        }

        using var question = new HttpRequestMessage(HttpMethod.Options, "/admin/v1/registration:close");
        question.Headers.Add("Origin", "https://evil.example");
        question.Headers.Add("Access-Control-Request-Method", "POST");
        var answer = await client.SendAsync(question);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task That_is_wrong_is_logged_with_the_reason()
    {
        using var other = WrongOf("another root of the same name");
        using var nobody = WrongOf("of nobody");
        using var two = WrongOf("of two");
        foreach (var own in new[] { other, nobody, two })
        {
            await Service.ListAsync(own);
        }

        Assert.Contains(Service.Server.Log.All, line => line.Contains("'CN=viewer, O=Example'", StringComparison.Ordinal)
            && line.Contains("is not trusted: ", StringComparison.Ordinal));
        Assert.Contains(
            Service.Server.Log.All, line => line.Contains("names nobody in Authentication:Certificates", StringComparison.Ordinal));
        Assert.Contains(Service.Server.Log.All, line => line.Contains("names both as and console", StringComparison.Ordinal));
    }

    private async Task<Answer> CloseAsync(X509Certificate2 own, string? token)
    {
        using var client = Service.Admin(own, token);
        return await Answer.OfAsync(await client.PostAsync("/admin/v1/registration:close", Bodies.Json("""{"reason":"night"}""")));
    }

    private X509Certificate2? WrongOf(string what)
    {
        const string Viewer = "CN=viewer,O=Example";
        using var another = new ClientAuthority();
        return what switch
        {
            "none" => null,
            "another root of the same name" => another.Issue(Viewer, []),
            "self-signed" => ClientAuthority.SelfSigned(Viewer),
            "expired" => Service.Authority.Issue(Viewer, [], from: -3, to: -1),
            "not yet" => Service.Authority.Issue(Viewer, [], from: 1),
            "for servers" => Service.Authority.Issue(Viewer, [], ClientAuthority.ForServers),
            "of nobody" => Service.Authority.Issue("CN=nobody,O=Example", ["as.example"]),
            "a part of the subject" => Service.Authority.Issue("CN=viewer", []),
            "more than the subject" => Service.Authority.Issue("CN=viewer,O=Example,C=DE", []),
            "wildcard" => Service.Authority.Issue("CN=x", ["*.example"]),
            "uri as dns" => Service.Authority.Issue("CN=x", ["urn:console.example"]),
            "of two" => Service.Authority.Issue("CN=x", ["console.example", "spiffe://example/as"]),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
    }
}
