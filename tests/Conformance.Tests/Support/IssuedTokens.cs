using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>Initial access tokens from the administrator.</summary>
public static class IssuedTokens
{
    /// <param name="server">Where.</param>
    /// <param name="request">What the administrator asks for, as JSON.</param>
    public static async Task<string> IssueTokenAsync(this RunningServer server, string request = "{}")
    {
        var issued = await server.AdminAsync(HttpMethod.Post, "initial-access-tokens", request);
        Assert.True(issued.Status == HttpStatusCode.OK, issued.Body);
        return issued.Text("token")!;
    }
}

/// <summary>Only tokens that administrators issue admit.</summary>
public sealed class IssuedTokenServer() : SharedServer("Registration:InitialAccessTokenRequired=true");
