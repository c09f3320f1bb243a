using System.Net;
using GrpcDcr.Server.Admission;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>Anonymous callers cannot fill the store with clients that nobody approves.</summary>
public sealed class UnapprovedClientTests
{
    [Theory]
    [InlineData("Max=3", "all origins", 3)]
    [InlineData("MaxPerNetwork=2", "this network", 2)]
    [InlineData("MaxPerRedirectHost=4", "this redirect host", 4)]
    [InlineData("MaxMegabytes=1", "all origins", 27)]
    public async Task Beyond_a_limit_a_client_is_refused_until_one_is_approved_or_removed(string limit, string origin, int room)
    {
        await using var server = await RunningServer.StartAsync("UnapprovedClients:" + limit, "Registration:MaxRedirectUris=1000");
        var body = limit.StartsWith("MaxMegabytes", StringComparison.Ordinal) ? Large() : Bodies.Smallest;
        var ids = new List<string>();
        for (var i = 0; i < room; i++)
        {
            ids.Add((await server.RegisteredAsync(body)).GetProperty("client_id").GetString()!);
        }

        var refused = await server.RegisterAsync(body);
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (refused.Status, refused.Text("error")));
        Assert.Contains(origin, refused.Description, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter?.Delta);

        await server.ActAsync(ids[0], "reject");
        await CountAsync(server);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.RegisterAsync(body)).Status);

        await server.ActAsync(ids[0], "approve");
        await CountAsync(server);
        Assert.Equal(HttpStatusCode.Created, (await server.RegisterAsync(body)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.RegisterAsync(body)).Status);
    }

    [Fact]
    public async Task Clients_with_a_token_and_clients_that_are_active_at_once_do_not_count()
    {
        await using var manual = await RunningServer.StartAsync("UnapprovedClients:Max=1");
        var token = (await manual.AdminAsync(HttpMethod.Post, "initial-access-tokens", "{}")).Text("token");
        await manual.ClientInAsync(ClientState.Pending);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await manual.RegisterAsync(Bodies.Smallest)).Status);
        await using var automatic = await RunningServer.StartAsync("UnapprovedClients:Max=1", "Registration:Approval=Automatic");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await manual.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + token)).Status);
            Assert.Equal(HttpStatusCode.Created, (await automatic.RegisterAsync(Bodies.Smallest)).Status);
        }
    }

    [Fact]
    public async Task The_machine_of_the_user_is_nobodys_redirect_host()
    {
        await using var server = await RunningServer.StartAsync("UnapprovedClients:MaxPerRedirectHost=1");

        for (var i = 0; i < 3; i++)
        {
            var body = $$"""{"redirect_uris":["http://127.0.0.1/cb{{i}}"],"token_endpoint_auth_method":"none"}""";
            Assert.Equal(HttpStatusCode.Created, (await server.RegisterAsync(body)).Status);
        }
    }

    [Fact]
    public async Task Clients_that_are_stored_already_count_after_a_restart()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;
        await using (var first = await RunningServer.StartInAsync(folder, "UnapprovedClients:Max=2"))
        {
            await first.ClientInAsync(ClientState.Pending);
            await first.ClientInAsync(ClientState.Rejected);
        }

        await using (var second = await RunningServer.StartInAsync(folder, "UnapprovedClients:Max=2"))
        {
            await CountAsync(second);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await second.RegisterAsync(Bodies.Smallest)).Status);
        }

        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static Task CountAsync(RunningServer server) =>
        server.Services.GetRequiredService<UnapprovedClients>().CountAsync(CancellationToken.None);

    /// <summary>A document whose record has nearly 39 KB.</summary>
    private static string Large() => "{\"redirect_uris\":[" + string.Join(
        ",", Enumerable.Range(0, 19).Select(i => $"\"https://client.example/{new string('a', 2000)}{i}\"")) + "]}";
}
