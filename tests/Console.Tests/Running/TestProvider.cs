using System.Net;
using System.Text.Json.Nodes;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>An OpenID provider at a loopback address that answers as a test wants it, also as no provider would.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "console-of-the-tests";
    public const string Secret = "client-secret-of-the-tests";

    private readonly WebApplication _app;

    private TestProvider(WebApplication app) => _app = app;

    public string Authority => _app.Urls.Single();

    /// <summary>What the token endpoint answers with.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>What the metadata says the issuer is; the authority by default.</summary>
    public string? ClaimedIssuer { get; set; }

    /// <summary>Whether the metadata names an end_session_endpoint.</summary>
    public bool HasEndSession { get; set; } = true;

    /// <summary>Whether it answers at all.</summary>
    public bool IsDown { get; set; }

    /// <summary>The last request for tokens.</summary>
    public IReadOnlyDictionary<string, string> TokenRequest { get; private set; } = new Dictionary<string, string>();

    /// <summary>Settings of a service whose console uses it.</summary>
    public string[] Settings => SettingsOf(Authority);

    public static string[] SettingsOf(string authority) =>
    [
        $"Authentication:OpenIdConnect:Authority={authority}",
        $"Authentication:OpenIdConnect:ClientId={ClientId}",
        $"Authentication:OpenIdConnect:ClientSecret={Secret}",
        "Authentication:OpenIdConnect:NameClaim=name",
        "Authentication:OpenIdConnect:Roles:Admin=dcr-admin",
        "Authentication:OpenIdConnect:Roles:Approver=dcr-approver",
        "Authentication:OpenIdConnect:Roles:Viewer=dcr-viewer",
    ];

    public static async Task<TestProvider> StartAsync()
    {
        // Not with the settings of the service, which are beside the tests.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => provider.Answer(provider.Metadata().ToJsonString()));
        app.MapGet("/jwks", () => provider.Answer(SigningKey.Set(SigningKey.P256.Jwk("\"kid\":\"first\","))));
        app.MapPost("/token", async (HttpRequest request) =>
        {
            provider.TokenRequest = (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
            return provider.Answer($$"""{"access_token":"x","token_type":"Bearer","expires_in":60,"id_token":"{{provider.IdToken}}"}""");
        });
        await app.StartAsync();
        return provider;
    }

    /// <summary>Follows the link of the sign-in page, and comes back with a code. The ID token is good but for what is said.</summary>
    /// <param name="visitor">Whose browser.</param>
    /// <param name="server">The service.</param>
    /// <param name="claims">Claims that replace others, as JSON; <c>null</c> removes one.</param>
    public async Task<Answer> SignInAsync(Visitor visitor, RunningServer server, string claims = "{}")
    {
        var sent = await BeginAsync(visitor);
        IdToken = TokenFor(sent, server, claims);
        return await visitor.GetAsync($"/console/signin-oidc?code=c&state={Uri.EscapeDataString(sent["state"]!)}");
    }

    /// <summary>The parameters of the authorization request.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> BeginAsync(Visitor visitor, string path = "/console/sign-in/provider")
    {
        var answer = await visitor.GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.Found, $"{(int)answer.Status}: {answer.Body}");
        var location = answer.Headers.Location!;
        Assert.Equal($"{Authority}/authorize", location.GetLeftPart(UriPartial.Path));
        return QueryHelpers.ParseQuery(location.Query).ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value);
    }

    public string TokenFor(IReadOnlyDictionary<string, string?> sent, RunningServer server, string claims = "{}", SigningKey? key = null)
    {
        var now = server.Time.GetUtcNow();
        var all = new JsonObject
        {
            ["iss"] = Authority,
            ["aud"] = ClientId,
            ["sub"] = "248289761001",
            ["name"] = "Jane Doe",
            ["nonce"] = sent["nonce"],
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["roles"] = new JsonArray("dcr-approver"),
        };
        foreach (var (name, value) in JsonNode.Parse(claims)!.AsObject())
        {
            all.Remove(name);
            if (value is not null)
            {
                all[name] = value.DeepClone();
            }
        }

        return (key ?? SigningKey.P256).Jwt("""{"alg":"ES256","typ":"JWT","kid":"first"}""", all.ToJsonString());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private JsonObject Metadata()
    {
        var metadata = new JsonObject
        {
            ["issuer"] = ClaimedIssuer ?? Authority,
            ["authorization_endpoint"] = $"{Authority}/authorize",
            ["token_endpoint"] = $"{Authority}/token",
            ["jwks_uri"] = $"{Authority}/jwks",
        };
        if (HasEndSession)
        {
            metadata["end_session_endpoint"] = $"{Authority}/end";
        }

        return metadata;
    }

    private IResult Answer(string json) =>
        IsDown ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Text(json, "application/json");
}
