using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.V1;

namespace GrpcDcr.TestKit.Service;

/// <summary>What administrators do, in short.</summary>
internal static class Administrators
{
    public static async Task<Answer> AdminAsync(this RunningServer server, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, "/admin/v1/" + path) { Content = json is null ? null : Bodies.Json(json) };
        return await Answer.OfAsync(await server.Admin.SendAsync(request));
    }

    /// <summary>An act, on what the client is now where it needs an etag and none is given.</summary>
    public static async Task<Answer> ActAsync(
        this RunningServer server, string clientId, string act, string json = "{\"reason\":\"because\"}")
    {
        if (act is "approve" or "reject" or "reinstate" && JsonOf(json) is { } members && !members.ContainsKey("etag"))
        {
            var seen = await server.AdminAsync(HttpMethod.Get, "clients/" + clientId);
            if (seen.Status == HttpStatusCode.OK)
            {
                members["etag"] = seen.Text("etag");
                json = members.ToJsonString();
            }
        }

        return await server.ActAsSentAsync(clientId, act, json);
    }

    /// <summary>An act with this body alone.</summary>
    public static Task<Answer> ActAsSentAsync(this RunningServer server, string clientId, string act, string json) =>
        server.AdminAsync(HttpMethod.Post, $"clients/{clientId}:{act}", json);

    /// <summary>Registers a client and brings it into a state.</summary>
    public static async Task<string> ClientInAsync(this RunningServer server, ClientState state, string body = Bodies.Smallest)
    {
        var id = (await server.RegisteredAsync(body)).GetProperty("client_id").GetString()!;
        string[] acts = state switch
        {
            ClientState.Active => ["approve"],
            ClientState.Suspended => ["approve", "suspend"],
            ClientState.Rejected => ["reject"],
            _ => [],
        };
        foreach (var act in acts)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.ActAsync(id, act)).Status);
        }

        return id;
    }

    public static async Task<Admin.V1.Client> ClientAsync(this RunningServer server, string clientId) =>
        (await server.Administration().GetClientAsync(new() { ClientId = clientId })).Client;

    private static JsonObject? JsonOf(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>google.rpc.Status in JSON, with the reason and a text that says nothing of the inside.</summary>
    public static Answer IsStatus(this Answer answer, HttpStatusCode http, int code, string reason)
    {
        Assert.True(http == answer.Status, $"{(int)answer.Status}: {answer.Body}");
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(code, answer.Json.GetProperty("code").GetInt32());
        Assert.NotEmpty(answer.Json.GetProperty("message").GetString()!);
        var info = answer.Json.GetProperty("details").EnumerateArray().First();
        Assert.Equal("type.googleapis.com/google.rpc.ErrorInfo", info.GetProperty("@type").GetString());
        Assert.Equal((reason, "grpcdcr"), (info.GetProperty("reason").GetString(), info.GetProperty("domain").GetString()));
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        return answer;
    }
}
