using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Support;
using GrpcDcr.Server.Tests.Registration.Fetching.Support;
using GrpcDcr.Server.Tests.Registration.Statements;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>Keys of an issuer at an https address (RFC 7517 section 5), on a server that follows a script.</summary>
public sealed class PublishedKeysTests : IAsyncLifetime
{
    private const string Software = "\"software_id\":\"product-7\"";

    private readonly HostileServer publisher;
    private RunningServer server = null!;
    private Script script = _ => Task.CompletedTask;

    public PublishedKeysTests() => publisher = HostileServer.Tls(conversation => script(conversation));

    public async ValueTask InitializeAsync()
    {
        Publish(SigningKey.Rsa);
        server = await RunningServer.StartAsync(Settings($"Fetching:AllowedHosts=localhost:{publisher.Port}", "Fetching:CertificateAuthorities=" + TestAuthority.Only.PemPath));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await publisher.DisposeAsync();
    }

    [Fact]
    [Requirement("SS-05")]
    [Requirement("SS-11")]
    public async Task Are_asked_for_once_and_nothing_else_is()
    {
        for (var i = 0; i < 3; i++)
        {
            await server.RegisterStatedAsync();
        }

        var request = Assert.Single(publisher.Requests);
        Assert.StartsWith("GET /ssa.jwks HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Requirement("SS-05")]
    public async Task Count_while_they_are_published()
    {
        var renewed = StatementIssuer.One with { Key = SigningKey.OtherRsa };
        await server.RegisterStatedAsync();
        await server.RefusedAsync("invalid_software_statement", StatedCalls.Body(renewed.Fresh(server, Software)));

        Publish(SigningKey.OtherRsa);
        server.Time.Advance(TimeSpan.FromMinutes(6));

        (await server.RegisterAsync(StatedCalls.Body(renewed.Fresh(server, Software)))).IsRegistration();
        await server.RefusedAsync("invalid_software_statement", StatedCalls.Body(StatementIssuer.One.Fresh(server, Software)));
    }

    [Fact]
    [Requirement("SS-21")]
    public async Task Are_passed_over_when_they_are_too_weak()
    {
        var weak = StatementIssuer.One with { Key = SigningKey.NewRsa(1024) };
        Publish(weak.Key, SigningKey.Rsa);

        await server.RegisterStatedAsync();
        await server.RefusesStatementAsync(weak.Fresh(server, Software), "no valid signature");
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
    public async Task Are_waited_for_while_they_cannot_be_read(string answer)
    {
        script = conversation => conversation.SendAsync(answer);
        var statement = StatementIssuer.One.Fresh(server, Software);

        var again = IsUnavailable(await server.RegisterAsync(StatedCalls.Body(statement)));

        Assert.Equal(0, await server.CountClientsAsync());

        // What needs no key to be told is told.
        await server.RefusedAsync("invalid_software_statement", StatedCalls.Body("no statement"));
        await server.RefusedAsync("invalid_software_statement", StatedCalls.Body(StatementIssuer.Other.Statement(Software)));
        Publish(SigningKey.Rsa);
        server.Time.Advance(again);
        (await server.RegisterAsync(StatedCalls.Body(statement))).IsRegistration();
    }

    [Fact]
    public async Task Are_not_taken_from_a_server_that_nobody_vouches_for()
    {
        await using var stranger = HostileServer.Tls(
            conversation => conversation.SendJsonAsync(SigningKey.Set(SigningKey.Rsa.Jwk())), TestAuthority.SelfSigned());
        await using var own = await RunningServer.StartAsync(
        [
            .. StatementIssuer.One.Settings($"JwksUri=https://localhost:{stranger.Port}/ssa.jwks"), $"Fetching:AllowedHosts=localhost:{stranger.Port}",
            "Fetching:CertificateAuthorities=" + TestAuthority.Only.PemPath,
        ]);

        IsUnavailable(await own.RegisterAsync(StatedCalls.Body(StatementIssuer.One.Fresh(own, Software))));
        Assert.Equal(0, await own.CountClientsAsync());
        Assert.Empty(stranger.Requests);
    }

    [Fact]
    public async Task Are_not_taken_from_this_machine_unless_that_is_configured()
    {
        await using var own = await RunningServer.StartAsync(Settings("Fetching:CertificateAuthorities=" + TestAuthority.Only.PemPath));

        IsUnavailable(await own.RegisterAsync(StatedCalls.Body(StatementIssuer.One.Fresh(own, Software))));
        Assert.Equal(0, await own.CountClientsAsync());
        Assert.Equal(0, await publisher.ArrivalsAsync());
    }

    [Fact]
    [Requirement("7592-2.2-21")]
    public async Task Are_not_needed_for_a_statement_that_is_registered_already()
    {
        var client = await server.RegisterStatedAsync();
        var before = (await client.ReadAsync()).IsRecord();
        script = conversation => conversation.SendAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        server.Time.Advance(TimeSpan.FromMinutes(6));

        IsUnavailable(await client.PutAsync(client.Update(StatementIssuer.One.Fresh(server, Software))));

        Assert.Equal(before.Body, (await client.ReadAsync()).Body);
        (await client.PutAsync(client.Update(before.Text("software_statement")!))).IsRecord();
    }

    private void Publish(params SigningKey[] keys) =>
        script = conversation => conversation.SendJsonAsync(SigningKey.Set([.. keys.Select(key => key.Jwk())]));

    private string[] Settings(params string[] settings) =>
        [.. StatementIssuer.One.Settings($"JwksUri=https://localhost:{publisher.Port}/ssa.jwks", "OneUse=true"), .. settings];

    /// <summary>503 that says when to come again (RFC 9110 section 15.6.4), and not where the keys are.</summary>
    private static TimeSpan IsUnavailable(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{(int)answer.Status} {answer.Body}");
        Assert.Equal("temporarily_unavailable", answer.Error);
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.DoesNotContain("ssa.jwks", answer.Body, StringComparison.Ordinal);
        return answer.Headers.RetryAfter.Delta.Value;
    }
}
