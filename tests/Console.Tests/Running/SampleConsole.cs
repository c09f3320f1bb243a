using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>A service with a client of each kind, and a token of each role. Tests that change it make clients of their own.</summary>
public sealed class SampleConsole : IAsyncLifetime
{
    public const string ApproverToken = "approver-token-of-the-tests";
    public const string ViewerToken = "viewer-token-of-the-tests";

    /// <summary>A name with everything that may deceive a reader, and longer than a phone is wide.</summary>
    public const string HostileName = "<b>Bank</b> &amp; https://bank.example/ ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private RunningServer? _server;

    internal RunningServer Server => _server!;

    /// <summary>A pending client that resembles a suspended one.</summary>
    public string Pending { get; private set; } = "";

    /// <summary>An active client with a pending update.</summary>
    public string Updated { get; private set; } = "";

    /// <summary>A suspended client.</summary>
    public string Suspended { get; private set; } = "";

    /// <summary>A client that is gone.</summary>
    public string Deleted { get; private set; } = "";

    /// <summary>An initial access token with constraints.</summary>
    public string Token { get; private set; } = "";

    /// <summary>A block rule for a name that no other sample has.</summary>
    public string BlockRule { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _server = await ConsoleServer.StartAsync([.. Roles]);
        Suspended = await Server.ClientInAsync(ClientState.Suspended, Named("Bank", "bank.example"));
        Pending = await Server.ClientInAsync(ClientState.Pending, Named(HostileName, "bank.example"));
        Updated = await UpdatedAsync(Server);
        Deleted = await Server.ClientInAsync(ClientState.Active, Named("Gone", "gone.example"));
        await Server.AdminAsync(HttpMethod.Delete, "clients/" + Deleted);
        var issued = await Server.AdminAsync(HttpMethod.Post, "initial-access-tokens", $$$"""
            {"label":"{{{HostileName}}}","max_uses":3,"constraints":{"scopes":["openid"],"redirect_hosts":["*.partner.example"],
             "automatic_approval":true,"owner":"{{{HostileName}}}"}}
            """);
        Token = issued.Json.GetProperty("initial_access_token").GetProperty("initial_access_token_id").GetString()!;
        var rule = await Server.AdminAsync(
            HttpMethod.Post, "block-rules", $$"""{"subject":"CLIENT_NAME","value":"Evil {{HostileName}}","reason":"{{HostileName}}"}""");
        BlockRule = rule.Text("block_rule_id")!;
        await Server.RegisterAsync("{}");

        // What resembles what is read anew after a second.
        Server.Time.Advance(TimeSpan.FromSeconds(2));
    }

    /// <summary>Settings of tokens for each role of administrators.</summary>
    public static IEnumerable<string> Roles =>
    [
        $"Authentication:Tokens:approver:Token={ApproverToken}", "Authentication:Tokens:approver:Roles=approver",
        $"Authentication:Tokens:viewer:Token={ViewerToken}", "Authentication:Tokens:viewer:Roles=viewer",
    ];

    /// <summary>Registers, approves and updates a client, whose update waits then.</summary>
    internal static async Task<string> UpdatedAsync(RunningServer server)
    {
        var registered = await server.RegisteredAsync(Named("Invoices", "invoices.example"));
        var id = registered.GetProperty("client_id").GetString()!;
        await server.ActAsync(id, "approve");
        var body = Named("Invoices", "other.example").Insert(1, $"\"client_id\":\"{id}\",");
        var answer = await server.SendAsync(
            HttpMethod.Put,
            $"/oauth/register/{id}",
            Bodies.Json(body),
            "Authorization: Bearer " + registered.GetProperty("registration_access_token").GetString());
        Assert.True((int)answer.Status < 300, answer.Body);
        return id;
    }

    public static string Named(string name, string host) =>
        $$"""{"client_name":"{{name}}","redirect_uris":["https://{{host}}/cb"]}""";

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
