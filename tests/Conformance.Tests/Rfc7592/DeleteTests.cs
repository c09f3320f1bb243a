using System.Net;
using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 section 2.3: the end of a client.</summary>
public sealed class DeleteTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Update = "\"redirect_uris\":[\"https://client.example/cb\"]";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7592-2.3-01")]
    [Requirement("7592-2.3-02")]
    [Requirement("7592-2.1-05")]
    [Requirement("BRDCR-02")]
    public async Task Answers_204_without_a_body_and_then_knows_the_token_no_more()
    {
        var client = await OwnRecord.RegisterAsync(_server);

        var deleted = await client.DeleteAsync();

        Assert.Equal((HttpStatusCode.NoContent, ""), (deleted.Status, deleted.Body));
        Assert.Null(deleted.ContentHeaders.ContentType);
        Assert.True(deleted.Headers.CacheControl?.NoStore);
        foreach (var answer in new[] { await client.ReadAsync(), await client.UpdateAsync(Update), await client.DeleteAsync() })
        {
            Assert.Equal("invalid_token", Challenge.Of(answer.IsUnknownToken())["error"]);
        }
    }

    [Fact]
    [Requirement("7592-2.3-03")]
    [Requirement("BRDCR-02")]
    public async Task Is_the_end_for_the_authorization_server_too()
    {
        var client = await OwnRecord.RegisterAsync(_server);
        await _server.ActAsync(client.ClientId, "approve");
        await _server.AuthenticateAsync(client.ClientId, client.Secret);

        await client.DeleteAsync();

        Assert.Equal(
            StatusCode.Unauthenticated, await StatusAsync(async () => await _server.AuthenticateAsync(client.ClientId, client.Secret)));
        Assert.Equal(
            StatusCode.NotFound,
            await StatusAsync(async () => await _server.Directory().GetClientAsync(new() { ClientId = client.ClientId })));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(async () => await _server.Directory().CheckRedirectUriAsync(
            new() { ClientId = client.ClientId, RedirectUri = "https://client.example/cb" })));
    }

    [Fact]
    [Requirement("7592-2.3-07")]
    [Requirement("7592-2-05")]
    [Requirement("BRDCR-03")]
    public async Task Needs_the_right_token()
    {
        var (client, other) = (await OwnRecord.RegisterAsync(_server), await OwnRecord.RegisterAsync(_server));

        foreach (var token in new[] { "foobar", other.Token, client.Token[..^1], client.Token + "A" })
        {
            (await client.With(token).ReadAsync()).IsUnknownToken();
            (await client.With(token).DeleteAsync()).IsUnknownToken();
        }

        (await client.ReadAsync()).IsRecord();
        (await other.ReadAsync()).IsRecord();
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync()).Status);
    }

    [Fact]
    [Requirement("7592-2.3-08")]
    public async Task Frees_no_identifier()
    {
        var gone = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var client = await OwnRecord.RegisterAsync(_server);
            await client.DeleteAsync();
            return client.ClientId;
        }));

        var next = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => OwnRecord.RegisterAsync(_server)));

        Assert.Empty(next.Select(client => client.ClientId).Intersect(gone));
    }

    [Fact]
    [Requirement("7592-5-03")]
    public async Task By_the_administrator_ends_the_token_in_the_same_step()
    {
        for (var round = 0; round < 10; round++)
        {
            var client = await OwnRecord.RegisterAsync(_server);

            var calls = Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? client.ReadAsync() : client.UpdateAsync(Update)).ToList();
            var removed = _server.AdminAsync(HttpMethod.Delete, "clients/" + client.ClientId);
            var answers = await Task.WhenAll(calls);
            await removed;

            Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Unauthorized, answer.Body));
            (await client.ReadAsync()).IsUnknownToken();
        }
    }

    private static async Task<StatusCode> StatusAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
}
