using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Directories;

/// <summary>Clients as authorization servers see them.</summary>
public sealed class GetClientTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Keeps_to_itself_what_is_for_operators()
    {
        var id = await _server.ClientInAsync(ClientState.Rejected);

        var seen = (await _server.Directory().GetClientAsync(new() { ClientId = id })).Client;
        var byOperator = await _server.ClientAsync(id);

        Assert.False(seen.HasStateReason);
        Assert.False(seen.HasSourceAddress);
        Assert.False(seen.HasAdmittedBy);
        Assert.True(byOperator.HasStateReason && byOperator.HasSourceAddress && byOperator.HasAdmittedBy);
        Assert.Equal((byOperator.State, byOperator.Etag, byOperator.Metadata), (seen.State, seen.Etag, seen.Metadata));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("0190b6a4-0000-7000-8000-000000000000")]
    public async Task Knows_no_other_clients(string id)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.Directory().GetClientAsync(new() { ClientId = id }));

        Assert.Equal((StatusCode.NotFound, "There is no such client."), (refusal.StatusCode, refusal.Status.Detail));
    }
}
