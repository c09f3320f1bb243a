using System.Net;
using System.Text.Json;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Sequences;

/// <summary>How the OpenID Foundation's suite registers its clients, and what it checks of each answer before anything else.</summary>
internal static class DynamicRegistration
{
    public const string RedirectUri = "https://suite.example/test/a/grpcdcr/callback";

    private const string Keys = $$"""{"keys":[{{{SampleKeys.Rsa}},"use":"sig","alg":"RS256","kid":"suite-1"}]}""";

    /// <summary>A body as the suite writes it.</summary>
    /// <param name="responseType">One response type.</param>
    /// <param name="grants">The grants that it needs, with spaces between.</param>
    /// <param name="members">Further members, as in JSON, with a comma before each.</param>
    /// <param name="redirectUri">The one redirect URI.</param>
    public static string Body(string responseType, string grants, string members = "", string redirectUri = RedirectUri) =>
        $$"""
        {"client_name":"Conformance suite","grant_types":[{{string.Join(',', grants.Split(' ').Select(grant => $"\"{grant}\""))}}],
         "jwks":{{Keys}},"token_endpoint_auth_method":"client_secret_basic","response_types":["{{responseType}}"],
         "redirect_uris":["{{redirectUri}}"],"contacts":["certification@suite.example"]{{members}}}
        """;

    /// <summary>The shared sequence of every dynamic module.</summary>
    public static JsonElement IsDynamicRegistration(this Answer answer)
    {
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Body);
        var client = answer.Json;
        Assert.False(client.TryGetProperty("error", out _));
        Assert.NotEmpty(client.GetProperty("client_id").GetString()!);
        HasManagementOrHasNot(client);
        if (client.TryGetProperty("client_secret", out _))
        {
            Assert.Equal(JsonValueKind.Number, client.GetProperty("client_secret_expires_at").ValueKind);
        }

        return client;
    }

    private static void HasManagementOrHasNot(JsonElement client)
    {
        var hasToken = client.TryGetProperty("registration_access_token", out var token);
        var hasAddress = client.TryGetProperty("registration_client_uri", out var address);
        Assert.Equal(hasToken, hasAddress);
        if (hasToken)
        {
            Assert.NotEmpty(token.GetString()!);
            Assert.StartsWith("https://", address.GetString(), StringComparison.Ordinal);
        }
    }
}
