using Google.Rpc;
using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.Mcp;

/// <summary>Clients that come back with an identifier that is no longer, or never was, one of this server.</summary>
public sealed class OtherServersTests(OpenServer here, OtherServersTests.Elsewhere there)
    : IClassFixture<OpenServer>, IClassFixture<OtherServersTests.Elsewhere>
{
    [Fact]
    [Requirement("MCP-0728-03")]
    public async Task Knows_no_client_of_another_issuer()
    {
        var id = await here.Server.ClientInAsync(ClientState.Active);
        await here.Server.Directory().GetClientAsync(new() { ClientId = id });

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await there.Server.Directory().GetClientAsync(new() { ClientId = id }));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    [Requirement("MCP-INT-07")]
    public async Task Says_of_a_client_that_was_cleaned_away_what_it_says_of_any_unknown_one_and_registers_it_anew()
    {
        var server = here.Server;
        var client = await server.RegisteredAsync(Bodies.Smallest);
        var id = client.GetProperty("client_id").GetString()!;
        var secret = client.GetProperty("client_secret").GetString();
        await server.ActAsync(id, "approve");
        await server.AuthenticateAsync(id, secret);
        await server.AdminAsync(HttpMethod.Delete, "clients/" + id);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await server.AuthenticateAsync(id, secret));
        Assert.Equal("INVALID_CLIENT_CREDENTIALS", refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        var unknown = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Directory().CheckRedirectUriAsync(new() { ClientId = id, RedirectUri = "https://client.example/cb" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.NotEqual(id, (await server.RegisteredAsync(Bodies.Smallest)).GetProperty("client_id").GetString());
    }

    /// <summary>A second server beside the first.</summary>
    public sealed class Elsewhere() : SharedServer();
}
