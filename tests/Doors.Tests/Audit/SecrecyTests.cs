using Grpc.Core;
using GrpcDcr.Doors.Tests.Administration;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Doors.Tests.Audit;

/// <summary>No secret and no token is ever written anywhere but in the one answer that issues it.</summary>
public sealed class SecrecyTests
{
    private const string WrongToken = "a-token-that-somebody-mistyped";
    private const string WrongSecret = "a-secret-that-somebody-guessed";

    [Fact]
    public async Task Keeps_every_credential_out_of_log_audit_and_errors()
    {
        await using var server = await RunningServer.StartAsync(
            "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + GatedServer.Token, "Logging:LogLevel:Default=Trace",
            "Logging:LogLevel:Microsoft.AspNetCore=Trace", "Logging:LogLevel:Grpc.AspNetCore=Trace");
        var seen = new List<string>();
        var registered = await server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + GatedServer.Token);
        var id = registered.IsRegistration().Text("client_id")!;
        var secret = registered.Text("client_secret")!;
        await server.ActAsync(id, "approve");
        var rotated = (await server.ActAsync(id, "rotateSecret")).Text("client_secret")!;

        foreach (var header in new[] { WrongToken, WrongToken + "\"", WrongToken + " " + GatedServer.Token })
        {
            seen.Add((await server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + header)).Body);
        }

        foreach (var guess in new[] { WrongSecret, secret })
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(
                async () => await server.Directory().AuthenticateClientAsync(new() { ClientId = id, ClientSecret = guess }));
            seen.Add(refusal.ToString());
        }

        await server.Directory().AuthenticateClientAsync(new() { ClientId = id, ClientSecret = rotated });
        await Assert.ThrowsAsync<RpcException>(async () => await server.Administration(WrongToken).ListClientsAsync(new()));
        seen.AddRange((await server.EventsAsync()).Select(e => e.ToString()));
        seen.Add((await server.AdminAsync(HttpMethod.Get, "clients/" + id)).Body);
        seen.AddRange(server.Log.All);

        Assert.True(server.Log.All.Count > 20);
        string[] credentials =
        [
            secret, rotated, GatedServer.Token, RunningServer.OperatorToken, RunningServer.DirectoryToken, WrongToken, WrongSecret,
        ];
        Assert.All(credentials, credential => Assert.DoesNotContain(seen, text => text.Contains(credential, StringComparison.Ordinal)));
    }
}
