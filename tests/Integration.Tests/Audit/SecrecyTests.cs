using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Audit;

/// <summary>No secret and no token is ever written anywhere but in the one answer that issues it.</summary>
public sealed class SecrecyTests
{
    private const string WrongToken = "a-token-that-somebody-mistyped";
    private const string WrongSecret = "a-secret-that-somebody-guessed";
    private const string SealingKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public async Task Keeps_every_credential_out_of_log_audit_and_errors()
    {
        await using var server = await RunningServer.StartAsync(
            "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + GatedServer.Token, "Logging:LogLevel:Default=Trace",
            "Logging:LogLevel:Microsoft.AspNetCore=Trace", "Logging:LogLevel:Grpc.AspNetCore=Trace",
            "Registration:RegistrationAccessTokenRotation=OnReadAndUpdate", "Registration:SecretSealingKey=" + SealingKey,
            "Registration:TokenEndpointAuthMethods=client_secret_basic client_secret_jwt",
            "Capabilities:TokenEndpointAuthSigningAlgs=HS256");
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
                async () => await server.AuthenticateAsync(id, guess));
            seen.Add(refusal.ToString());
        }

        await server.AuthenticateAsync(id, rotated);
        var managed = await ManagedAsync(server, OwnRecord.Of(server, registered.Json), rotated, seen);
        await Assert.ThrowsAsync<RpcException>(async () => await server.Administration(WrongToken).ListClientsAsync(new()));
        seen.AddRange((await server.EventsAsync()).Select(e => e.ToString()));
        seen.Add((await server.AdminAsync(HttpMethod.Get, "clients/" + id)).Body);
        seen.AddRange(server.Log.All);

        Assert.True(server.Log.All.Count > 20);
        string[] credentials =
        [
            secret, rotated, GatedServer.Token, RunningServer.AdminToken, RunningServer.DirectoryToken, WrongToken, WrongSecret,
            SealingKey,
            .. managed,
        ];
        Assert.All(credentials, credential => Assert.DoesNotContain(seen, text => text.Contains(credential, StringComparison.Ordinal)));
    }

    /// <summary>Everything that a client and an administrator do with the other kinds of credentials.</summary>
    private static async Task<IReadOnlyList<string>> ManagedAsync(RunningServer server, OwnRecord client, string secret, List<string> seen)
    {
        var issued = (await server.AdminAsync(HttpMethod.Post, "initial-access-tokens", "{\"max_uses\":1}")).Text("token")!;
        var read = (await client.ReadAsync()).IsRecord().TokenIn();
        var current = client.With(read);
        seen.Add((await current.UpdateAsync($"\"client_secret\":\"{WrongSecret}\",\"redirect_uris\":[\"https://x.example/#f\"]")).Body);
        var updated = (await current.UpdateAsync($"\"client_secret\":\"{secret}\",\"redirect_uris\":[\"https://client.example/cb\"]"))
            .IsRecord()
            .TokenIn();
        seen.Add((await client.ReadAsync()).Body);
        var signing = await OwnRecord.RegisterAsync(
            server, Bodies.With("\"token_endpoint_auth_method\":\"client_secret_jwt\""), "Authorization: Bearer " + issued);
        seen.Add((await server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + issued)).Body);
        await server.ActAsync(signing.ClientId, "approve");
        var revealed = await server.Secrets().RevealClientSecretAsync(new() { ClientId = signing.ClientId });
        Assert.Equal([signing.Secret], revealed.ClientSecrets);
        Assert.True(signing.Secret!.Length >= 64);
        return [issued, client.Token, read, updated, signing.Token, signing.Secret];
    }
}
