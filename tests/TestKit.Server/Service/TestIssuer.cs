using System.Text.Json.Nodes;
using GrpcDcr.TestKit.Samples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GrpcDcr.TestKit.Service;

/// <summary>An issuer of JWTs at a loopback address: its metadata, its keys, and tokens of every kind.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "https://dcr.example";

    private readonly WebApplication _app;
    private int _requests;

    private TestIssuer(WebApplication app) => _app = app;

    /// <summary>The issuer, and the address of its metadata but for the well-known path.</summary>
    public string Authority => _app.Urls.Single();

    /// <summary>What the metadata says the issuer is; the authority by default.</summary>
    public string? ClaimedIssuer { get; set; }

    /// <summary>Where the metadata says the keys are; here by default.</summary>
    public string? KeysAt { get; set; }

    /// <summary>Whether it answers at all.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often it was asked for anything.</summary>
    public int Requests => _requests;

    /// <summary>The identifier of the key that is published and signs.</summary>
    public string KeyId { get; set; } = "first";

    internal SigningKey Key { get; set; } = SigningKey.P256;

    /// <summary>Settings of a service that trusts it.</summary>
    public string[] Settings =>
    [
        $"Authentication:Jwt:Authority={Authority}",
        $"Authentication:Jwt:Audience={Audience}",
        "Authentication:Jwt:Roles:Admin=dcr-admin",
        "Authentication:Jwt:Roles:Approver=dcr-approver",
        "Authentication:Jwt:Roles:Viewer=dcr-viewer",
        "Authentication:Jwt:Roles:Directory=dcr-directory",
        "Authentication:Jwt:Roles:Secrets=dcr-secrets",
    ];

    public static async Task<TestIssuer> StartAsync()
    {
        // Not with the settings of the service, which are beside the tests.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        app.MapGet("/.well-known/openid-configuration", () => issuer.Answer(
            $$"""
            {"issuer":"{{issuer.ClaimedIssuer ?? issuer.Authority}}","jwks_uri":"{{issuer.KeysAt ?? issuer.Authority + "/jwks"}}"}
            """));
        app.MapGet("/jwks", () => issuer.Answer(SigningKey.Set(issuer.Key.Jwk($"\"kid\":\"{issuer.KeyId}\","))));
        await app.StartAsync();
        return issuer;
    }

    /// <summary>A token that is good but for what is said otherwise.</summary>
    /// <param name="now">The time of the service.</param>
    /// <param name="role">The value of the claim <c>roles</c>.</param>
    /// <param name="subject">Who.</param>
    /// <param name="type">The <c>typ</c>.</param>
    /// <param name="claims">Claims that replace others, as JSON; <c>null</c> removes one.</param>
    /// <param name="header">Further members of the header.</param>
    public string Token(
        DateTimeOffset now, string role = "dcr-admin", string subject = "alice", string type = "at+jwt", string claims = "{}",
        string header = "") => Sign(
        $$"""{"alg":"ES256","typ":"{{type}}","kid":"{{KeyId}}"{{header}}}""", Claims(now, role, subject, claims));

    /// <summary>The claims of such a token.</summary>
    public string Claims(DateTimeOffset now, string role = "dcr-admin", string subject = "alice", string others = "{}")
    {
        var claims = new JsonObject
        {
            ["iss"] = Authority,
            ["aud"] = Audience,
            ["sub"] = subject,
            ["client_id"] = "console",
            ["jti"] = "1",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["roles"] = new JsonArray(role),
        };
        foreach (var (name, value) in JsonNode.Parse(others)!.AsObject())
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value.DeepClone();
            }
        }

        return claims.ToJsonString();
    }

    public string Sign(string header, string claims) => Key.Jwt(header, claims);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(string json)
    {
        Interlocked.Increment(ref _requests);
        return IsDown ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Text(json, "application/json");
    }
}
