using Grpc.Core;
using GrpcDcr.TestKit.Service;
using static GrpcDcr.Directory.V1.ClientDirectory;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Callers of one listener cannot use up the connections of the others.</summary>
public sealed class ConnectionLimitTests
{
    private const string Request = "GET /.well-known/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private const string Full = "because 2 are open (Kestrel:Endpoints:Public:MaxConnections)";

    [Fact]
    public async Task Connections_above_it_are_closed_and_the_other_listeners_answer()
    {
        await using var server = await RunningServer.StartAsync("Kestrel:Endpoints:Public:MaxConnections=2");
        using var first = await AnsweredAsync(server.PublicAddress);
        using var second = await AnsweredAsync(server.PublicAddress);

        for (var i = 0; i < 3; i++)
        {
            using var refused = await RawRequest.OpenAsync(server.PublicAddress);
            Assert.True(await refused.IsClosedAsync());
        }

        Assert.Single(server.Log.All, line => line.Contains(Full, StringComparison.Ordinal));
        var directory = new ClientDirectoryClient(server.As(RunningServer.DirectoryToken));
        var missing = await Assert.ThrowsAsync<RpcException>(
            async () => await directory.GetClientAsync(new() { ClientId = $"{Guid.CreateVersion7()}" }));
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
        (await server.Admin.GetAsync("/admin/v1/clients")).EnsureSuccessStatusCode();

        first.Dispose();

        await Eventually.HoldsAsync(async () =>
        {
            using var next = await RawRequest.OpenAsync(server.PublicAddress);
            await next.SendAsync(Request);
            return !await next.IsClosedAsync();
        });
    }

    private static async Task<RawRequest> AnsweredAsync(Uri listener)
    {
        var request = await RawRequest.OpenAsync(listener);
        await request.SendAsync(Request);
        Assert.Equal(404, (await request.AnswerAsync()).Status);
        return request;
    }
}
