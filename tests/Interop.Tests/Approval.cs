using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>The story after a registration: an administrator approves, an authorization server lets the client in.</summary>
internal static class Approval
{
    public static async Task WorksAsync(ServerProcess server, string clientId, string secret, string method)
    {
        Assert.Null(await server.Directory.AuthenticateAsync(clientId, secret, method));

        Assert.Equal("ACTIVE", await ApproveAsync(server.Admin, clientId));

        var authenticated = await server.Directory.AuthenticateAsync(clientId, secret, method);
        Assert.Equal(clientId, authenticated?.ClientId);
        Assert.Null(await server.Directory.AuthenticateAsync(clientId, secret + "x", method));
        Assert.Null(await server.Directory.AuthenticateAsync(clientId, "", method));
    }

    /// <returns>The state after the act.</returns>
    public static async Task<string?> ApproveAsync(HttpClient adminListener, string clientId)
    {
        var seen = await adminListener.GetFromJsonAsync<JsonElement>($"/admin/v1/clients/{clientId}");
        var act = new { reason = "known", etag = seen.GetProperty("etag").GetString() };
        using var answer = await adminListener.PostAsJsonAsync($"/admin/v1/clients/{clientId}:approve", act);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString();
    }
}
