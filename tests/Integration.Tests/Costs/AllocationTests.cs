using System.Net.Sockets;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Costs;

/// <summary>
/// The bytes that one call allocates in the whole process, background work included. The limits are what was measured, and a tenth: a
/// change that allocates more shows here before any benchmark does.
/// </summary>
[Collection(nameof(Costs))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Calls = 2_000;

    private const string Document =
        """
        {"client_name":"Claude","client_uri":"https://claude.ai","redirect_uris":["https://claude.ai/api/mcp/auth_callback",
        "https://claude.com/api/mcp/auth_callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],
        "scope":"openid profile email offline_access","token_endpoint_auth_method":"client_secret_post"}
        """;

    /// <summary>A document like that of a real MCP client. It is sent over a plain socket, which allocates nothing.</summary>
#if DEBUG
    private const int RegistrationLimit = 37_200; // Asynchronous methods that are not optimised allocate more.
#else
    private const int RegistrationLimit = 33_500;
#endif

    /// <summary>With what the gRPC client of the test allocates.</summary>
    private const int LookupLimit = 14_400;

    [Fact]
    public async Task A_registration_over_http_allocates_no_more_than_before()
    {
        await using var server = await StartAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.PublicAddress.Host, server.PublicAddress.Port);
        var request = System.Text.Encoding.UTF8.GetBytes(
            "POST /oauth/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Document.Length}\r\n\r\n{Document}");
        var answer = new byte[8192];

        var bytes = PerCall(() =>
        {
            // Identifiers begin with the time.
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
            socket.Send(request);
            Assert.True(socket.Receive(answer) > 0);
        });

        Assert.True(answer.AsSpan().StartsWith("HTTP/1.1 201 "u8));
        Assert.InRange(bytes, 1, RegistrationLimit);
    }

    [Fact]
    public async Task A_lookup_allocates_no_more_than_before()
    {
        await using var server = await StartAsync();
        var client = await server.RegisteredAsync(Document);
        var directory = new ClientDirectory.ClientDirectoryClient(server.As(RunningServer.DirectoryToken));
        var request = new AuthenticateClientRequest
        {
            ClientId = client.GetProperty("client_id").GetString(),
            ClientSecret = client.GetProperty("client_secret").GetString(),
            TokenEndpointAuthMethod = client.GetProperty("token_endpoint_auth_method").GetString(),
        };

        Assert.InRange(PerCall(() => directory.AuthenticateClient(request)), 1, LookupLimit);
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync("Registration:Approval=Automatic", "Logging:LogLevel:Default=Warning");

    private long PerCall(Action call)
    {
        Repeat(call);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Repeat(call);
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls;
        output.WriteLine($"{bytes} bytes a call");
        return bytes;
    }

    private static void Repeat(Action call)
    {
        for (var i = 0; i < Calls; i++)
        {
            call();
        }
    }
}

/// <summary>Runs alone: what other tests allocate at the same time would count.</summary>
[CollectionDefinition(nameof(Costs), DisableParallelization = true)]
public sealed class Costs;
