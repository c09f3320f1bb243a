using System.Net;
using GrpcDcr.TestKit.Network;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>Keys of an issuer at an https address (RFC 7517 section 5), on a server that follows a script.</summary>
public sealed class PublishedKeysTests : IAsyncLifetime
{
    private readonly HostileServer _publisher;
    private RunningServer? _server;
    private Script _script = _ => Task.CompletedTask;

    public PublishedKeysTests() => _publisher = HostileServer.Tls(conversation => _script(conversation));

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        Publish(SigningKey.Rsa);
        _server = await StartAsync(_publisher, $"Fetching:AllowedHosts=localhost:{_publisher.Port}");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _publisher.DisposeAsync();
    }

    [Fact]
    [Requirement("SS-05")]
    [Requirement("SS-11")]
    public async Task Are_asked_for_once_and_nothing_else_is()
    {
        for (var i = 0; i < 3; i++)
        {
            await Server.RegisteredAsync(Statement.Body(Statement.Of("\"jwks_uri\":\"https://client.example/jwks\"")));
        }

        var request = Assert.Single(_publisher.Requests);
        Assert.StartsWith("GET /ssa.jwks HTTP/1.1\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("SS-05")]
    public async Task Do_not_wait_for_the_documents_of_clients()
    {
        await using var server = await StartAsync(
            _publisher, $"Fetching:AllowedHosts=localhost:{_publisher.Port}", "Fetching:MaxConcurrent=1", "Fetching:MaxConcurrentPerHost=1",
            "Registration:CheckJwksUri=true", "Registration:TokenEndpointAuthMethods=private_key_jwt client_secret_basic");
        var publish = _script;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _script = conversation =>
        {
            if (conversation.Target != "/slow")
            {
                return publish(conversation);
            }

            reached.TrySetResult();
            return conversation.WaitForCloseAsync();
        };
        var waiting = server.RegisterAsync(Bodies.With(
            $"\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"https://localhost:{_publisher.Port}/slow\""));
        await reached.Task;

        await server.RegisteredAsync(Statement.Body(Statement.Of()));

        Assert.False(waiting.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(5));
        (await waiting).IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, "slow");
    }

    [Fact]
    [Requirement("SS-05")]
    public async Task Count_while_they_are_published()
    {
        var renewed = SigningKey.OtherRsa.Jwt(Statement.Rs256, Statement.Claims());
        await Server.RegisteredAsync(Statement.Body(Statement.Of()));
        (await Server.RegisterAsync(Statement.Body(renewed))).IsInvalidStatement();

        Publish(SigningKey.OtherRsa);
        Server.Time.Advance(TimeSpan.FromMinutes(5));

        await Server.RegisteredAsync(Statement.Body(renewed));
        (await Server.RegisterAsync(Statement.Body(Statement.Of()))).IsInvalidStatement();
    }

    [Fact]
    [Requirement("SS-21")]
    public async Task Are_passed_over_when_they_are_too_weak()
    {
        var weak = SigningKey.NewRsa(1024);
        Publish(weak, SigningKey.Rsa);

        await Server.RegisteredAsync(Statement.Body(Statement.Of()));
        await Server.RefusesAsync(weak.Jwt(Statement.Rs256, Statement.Claims()));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://evil.example/keys\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 6\r\n\r\n<html>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{\"keys\":[")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n")]
    [InlineData("")]
    [Requirement("SS-05")]
    public async Task Are_waited_for_while_they_cannot_be_read(string answer)
    {
        _script = conversation => conversation.SendAsync(answer);
        var body = Statement.Body(Statement.Of(Server.Fresh()));

        var again = IsUnavailable(await Server.RegisterAsync(body));

        Assert.Equal(0, await Server.CountClientsAsync());

        // What needs no key to be told is told.
        (await Server.RegisterAsync(Statement.Body("no statement"))).IsInvalidStatement();
        (await Server.RegisterAsync(Statement.Body(Statement.Of(issuer: StatementServer.Other)))).IsInvalidStatement();
        Publish(SigningKey.Rsa);
        Server.Time.Advance(again);
        await Server.RegisteredAsync(body);
    }

    [Fact]
    [Requirement("SS-05")]
    public async Task Are_not_taken_from_a_server_that_nobody_vouches_for()
    {
        await using var stranger = HostileServer.Tls(
            conversation => conversation.SendJsonAsync(SigningKey.Set(SigningKey.Rsa.Jwk())), TestAuthority.SelfSigned());
        await using var own = await StartAsync(stranger, $"Fetching:AllowedHosts=localhost:{stranger.Port}");

        IsUnavailable(await own.RegisterAsync(Statement.Body(Statement.Of())));

        Assert.Empty(stranger.Requests);
    }

    [Fact]
    [Requirement("SS-05")]
    public async Task Are_not_taken_from_this_machine_unless_that_is_configured()
    {
        await using var own = await StartAsync(_publisher, "Fetching:AllowedHosts=");

        IsUnavailable(await own.RegisterAsync(Statement.Body(Statement.Of())));

        Assert.Equal(0, await _publisher.ArrivalsAsync());
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task Are_not_needed_for_a_statement_that_is_registered_already()
    {
        var client = await OwnRecord.RegisterAsync(Server, Statement.Body(Statement.Of()));
        var before = (await client.ReadAsync()).IsRecord();
        _script = conversation => conversation.SendAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        Server.Time.Advance(TimeSpan.FromMinutes(5));

        IsUnavailable(await client.PutAsync(client.Update(Statement.Of("\"client_name\":\"b\""))));

        Assert.Equal(before.Body, (await client.ReadAsync()).IsRecord().Body);
        (await client.PutAsync(client.Update(before.Text("software_statement")!))).IsRecord();
    }

    private void Publish(params SigningKey[] keys) =>
        _script = conversation => conversation.SendJsonAsync(SigningKey.Set([.. keys.Select(key => key.Jwk())]));

    private static Task<RunningServer> StartAsync(HostileServer publisher, params string[] settings) => RunningServer.StartAsync(
    [
        "SoftwareStatements:Issuers:main:Issuer="
            + Statement.Issuer, $"SoftwareStatements:Issuers:main:JwksUri=https://localhost:{publisher.Port}/ssa.jwks",
        "Fetching:CertificateAuthorities=" + TestAuthority.Only.PemPath, .. settings,
    ]);

    /// <summary>503 (RFC 9110 section 15.6.4), which does not say where the keys are.</summary>
    /// <returns>When to come again.</returns>
    private static TimeSpan IsUnavailable(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{(int)answer.Status} {answer.Body}");
        Assert.Equal("temporarily_unavailable", answer.Error);
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain("ssa.jwks", answer.Body, StringComparison.Ordinal);
        var again = answer.Headers.RetryAfter?.Delta;
        Assert.True(again > TimeSpan.Zero);
        return again.Value;
    }
}
