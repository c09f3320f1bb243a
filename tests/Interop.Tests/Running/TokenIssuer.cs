using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Web;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Running;

/// <summary>The npm package oidc-provider as the issuer of access tokens of administrators and authorization servers.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "https://dcr.example";
    private const string Secret = "secret-of-the-tests";
    private const string Listening = "Listening: ";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;
    private readonly HttpClient _caller = new();

    private TokenIssuer(ChildProcess process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>Settings of a service that trusts it.</summary>
    public string[] Settings =>
    [
        $"Authentication:Jwt:Authority={Issuer}", $"Authentication:Jwt:Audience={Audience}",
        "Authentication:Jwt:Roles:Admin=dcr-admin", "Authentication:Jwt:Roles:Approver=dcr-approver",
        "Authentication:Jwt:Roles:Viewer=dcr-viewer", "Authentication:Jwt:Roles:Directory=dcr-directory",
        "Authentication:Jwt:Roles:Secrets=dcr-secrets",
    ];

    /// <summary>How long its tokens are valid.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    public static async Task<TokenIssuer> StartAsync()
    {
        var process = await NodeClient.StartAsync(
            ["token-issuer.mjs", Audience], service: null, new Dictionary<string, string?>(), Listening);
        try
        {
            return new TokenIssuer(process, (await process.LineWithAsync(Listening, StartTime))[Listening.Length..]);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The access token of a program, by the grant of client credentials.</summary>
    /// <param name="role">The name of the program, and the only value of its claim <c>roles</c>.</param>
    /// <param name="resource">What the token is for (RFC 8707); <see langword="null"/> for a token that is no JWT.</param>
    public async Task<string> ProgramAsync(string role, string? resource = Audience)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = "client_credentials" };
        if (resource is not null)
        {
            (form["resource"], form["scope"]) = (resource, "manage");
        }

        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{role}:{Secret}"));
        return (await TokenAsync(form, new AuthenticationHeaderValue("Basic", basic))).GetProperty("access_token").GetString()!;
    }

    /// <summary>Signs Alice in, whose access token has the role of an approver and whose ID token has that of an administrator.</summary>
    public async Task<(string AccessToken, string IdToken)> AliceAsync()
    {
        var callback = Issuer + "/callback";
        var request =
            $"{Issuer}/auth?client_id={Audience}&resource={Audience}&response_type=code&scope=openid+manage&redirect_uri={callback}";
        using var browser = new HttpClient(new SocketsHttpHandler());
        using var landed = await browser.GetAsync(new Uri(request));
        var query = HttpUtility.ParseQueryString(landed.EnsureSuccessStatusCode().RequestMessage!.RequestUri!.Query);
        var tokens = await TokenAsync(new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = query["code"] ?? "",
            ["redirect_uri"] = callback,
            ["client_id"] = Audience,
            ["client_secret"] = Secret,
        });
        return (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("id_token").GetString()!);
    }

    /// <summary>From now on it signs with a new key, of another algorithm. The old key stays published.</summary>
    public async Task SignWithNewKeyAsync()
    {
        using var answer = await _caller.PostAsync(new Uri(Issuer + "/new-key"), null);
        answer.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync()
    {
        _caller.Dispose();
        return _process.DisposeAsync();
    }

    private async Task<JsonElement> TokenAsync(Dictionary<string, string> form, AuthenticationHeaderValue? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Issuer + "/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = client;
        using var answer = await _caller.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
