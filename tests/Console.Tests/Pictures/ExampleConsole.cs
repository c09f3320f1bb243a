using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Routing;

namespace GrpcDcr.Console.Tests.Pictures;

/// <summary>
/// The service of the screenshots, with four days behind it. Names, hosts, addresses and times are always the same; identifiers and
/// secrets are new each time.
/// </summary>
internal sealed class ExampleConsole : IAsyncDisposable
{
    /// <summary>An administrator with the role <c>admin</c>, who looks at the console.</summary>
    public const string Dana = "dana";

    /// <summary>One with the role <c>approver</c>.</summary>
    public const string Imran = "imran";

    private static readonly Dictionary<string, string> Desks = new() { [Dana] = "192.0.2.10", [Imran] = "192.0.2.14" };

    private readonly HttpClient _public;
    private readonly HttpClient _admin;

    private ExampleConsole(RunningServer server)
    {
        Server = server;
        _public = new HttpClient { BaseAddress = server.PublicAddress };
        _admin = new HttpClient { BaseAddress = server.AdminAddress };
    }

    public RunningServer Server { get; }

    /// <summary>Identifiers by the name of the client, the label of the token and the value of the block rule.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>Client secrets by the name of the client.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    private static string[] Settings =>
    [
        "Console:Enabled=true", "!RateLimit", "!UnapprovedClients", "!Authentication:Tokens", "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=5",
        "PublicBaseUrl=https://as.example", "ForwardedHeaders:TrustedProxies=127.0.0.1",
        $"Authentication:Tokens:{Dana}:Token={TokenOf(Dana)}", $"Authentication:Tokens:{Dana}:Roles=admin",
        $"Authentication:Tokens:{Imran}:Token={TokenOf(Imran)}", $"Authentication:Tokens:{Imran}:Roles=approver",
        $"Authentication:Tokens:directory:Token={RunningServer.DirectoryToken}", "Authentication:Tokens:directory:Roles=directory secrets",
        "Registration:AllowedScopes=openid profile email offline_access invoices.read invoices.write",
        "Registration:Profiles:Anonymous:AllowedScopes=openid profile email offline_access invoices.read",
        "Registration:Profiles:Anonymous:GrantTypes=authorization_code refresh_token",
        "Registration:Profiles:InitialAccessToken:SecretLifetime=365.00:00:00",
        "Capabilities:SubjectTypes=public", "Capabilities:IdTokenSigningAlgs=RS256 ES256",
    ];

    public static async Task<ExampleConsole> StartAsync()
    {
        var console = new ExampleConsole(await RunningServer.StartAtAsync(new(2026, 11, 23, 8, 4, 12, TimeSpan.Zero), Settings));
        await ExampleDays.LiveAsync(console);
        await ExampleHour.LiveAsync(console);
        return console;
    }

    public static string TokenOf(string administrator) => $"token-of-{administrator}-in-the-example";

    /// <summary>The path of a page about a sample.</summary>
    public string PathOf(RouteEndpoint page) => ConsoleRoutes.PathOf(page, (template, parameter) => (template, parameter) switch
    {
        ("/console/clients/{client_id}/reinstate", _) => Ids["Harbor L0gistics"],
        (_, "{client_id}") => Ids["Invoice Desk"],
        (_, "{initial_access_token_id}") => Ids["Harbor Logistics, production"],
        (_, "{block_rule_id}") => Ids["*.prize-draw.example"],
        _ => throw new ArgumentException($"There is no sample for {parameter} of {template}."),
    });

    /// <summary>Goes on to a time of November 2026.</summary>
    public void GoTo(int day, int hour, int minute, int second = 0) =>
        Server.Time.SetUtcNow(new DateTimeOffset(2026, 11, day, hour, minute, second, TimeSpan.Zero));

    /// <summary>Registers a client; a refusal is an answer too.</summary>
    /// <param name="address">From where.</param>
    /// <param name="document">JSON.</param>
    /// <param name="initialAccessToken">Or none.</param>
    public async Task<Answer> RegisterAsync(string address, string document, string? initialAccessToken = null)
    {
        var answer = await SendAsync(_public, HttpMethod.Post, RegistrationCalls.Path, address, initialAccessToken, document);
        if (answer.Json.TryGetProperty("client_name", out var name))
        {
            Ids[name.GetString()!] = answer.Text("client_id")!;
            Secrets[name.GetString()!] = answer.Text("client_secret") ?? "";
        }

        return answer;
    }

    /// <summary>The client sends another document about itself.</summary>
    public async Task UpdateAsync(string address, Answer registered, string document)
    {
        var body = JsonNode.Parse(document)!.AsObject();
        body["client_id"] = registered.Text("client_id");
        await SucceedAsync(SendAsync(
            _public, HttpMethod.Put, $"{RegistrationCalls.Path}/{registered.Text("client_id")}", address,
            registered.Text("registration_access_token"), body.ToJsonString()));
    }

    /// <summary>An administrator acts on a client.</summary>
    public async Task ActAsync(string administrator, string client, string act, string body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        if (act is "approve" or "reject")
        {
            var path = "/admin/v1/clients/" + Ids[client];
            var seen = await SendAsync(_admin, HttpMethod.Get, path, Desks[administrator], TokenOf(administrator), null);
            json["etag"] = seen.Text("etag");
        }

        await AdministerAsync(administrator, $"clients/{Ids[client]}:{act}", json.ToJsonString());
    }

    /// <summary>An administrator calls the admin API.</summary>
    public Task<Answer> AdministerAsync(string administrator, string path, string body) =>
        SucceedAsync(SendAsync(_admin, HttpMethod.Post, "/admin/v1/" + path, Desks[administrator], TokenOf(administrator), body));

    /// <returns>The token itself.</returns>
    public async Task<string> IssueAsync(string administrator, string body)
    {
        var json = (await AdministerAsync(administrator, "initial-access-tokens", body)).Json;
        var token = json.GetProperty("initial_access_token");
        Ids[token.GetProperty("label").GetString()!] = token.GetProperty("initial_access_token_id").GetString()!;
        return json.GetProperty("token").GetString()!;
    }

    public async Task BlockAsync(string administrator, string body)
    {
        var rule = await AdministerAsync(administrator, "block-rules", body);
        Ids[rule.Text("value")!] = rule.Text("block_rule_id")!;
    }

    public ValueTask DisposeAsync()
    {
        _public.Dispose();
        _admin.Dispose();
        return Server.DisposeAsync();
    }

    private static async Task<Answer> SucceedAsync(Task<Answer> call)
    {
        var answer = await call;
        Assert.True((int)answer.Status < 300, answer.Body);
        return answer;
    }

    private static async Task<Answer> SendAsync(
        HttpClient http, HttpMethod method, string path, string address, string? bearer, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Bodies.Json(body) };
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Add("X-Forwarded-Proto", "https");
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return await Answer.OfAsync(await http.SendAsync(request));
    }
}
