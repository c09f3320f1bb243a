using System.Net;
using System.Text.Json;
using GrpcDcr.Admin.V1;

namespace GrpcDcr.TestKit.Service;

/// <summary>Registers through the public listener, and says what an answer must look like.</summary>
public static class RegistrationCalls
{
    public const string Path = "/oauth/register";

    /// <param name="server">Where.</param>
    /// <param name="body">JSON.</param>
    /// <param name="headers">As <c>Name: value</c>; sent as they are.</param>
    public static Task<Answer> RegisterAsync(this RunningServer server, string body, params string[] headers) =>
        server.RegisterAsync(Bodies.Json(body), headers);

    public static Task<Answer> RegisterAsync(this RunningServer server, HttpContent body, params string[] headers) =>
        server.SendAsync(HttpMethod.Post, Path, body, headers);

    public static async Task<Answer> SendAsync(
        this RunningServer server, HttpMethod method, string path, HttpContent? body, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var header in headers)
        {
            var colon = header.IndexOf(": ", StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 2)..]);
        }

        return await Answer.OfAsync(await server.Public.SendAsync(request));
    }

    public static async Task<JsonElement> RegisteredAsync(this RunningServer server, string body) =>
        (await server.RegisterAsync(body)).IsRegistration().Json;

    /// <summary>The body is refused as 400 with this error, and leaves nothing behind.</summary>
    public static Task<Answer> RefusedAsync(this RunningServer server, string error, string body) =>
        server.RefusedAsync(error, HttpStatusCode.BadRequest, Bodies.Json(body));

    /// <summary>The request is refused, and leaves nothing behind.</summary>
    public static async Task<Answer> RefusedAsync(
        this RunningServer server, string error, HttpStatusCode status, HttpContent body, params string[] headers)
    {
        var before = await server.CountClientsAsync();
        var answer = await server.RegisterAsync(body, headers);
        answer.IsRefusal(error, status, answer.Body);
        Assert.Equal(before, await server.CountClientsAsync());
        return answer;
    }

    /// <summary>How many clients there are, whatever their state.</summary>
    public static async Task<int> CountClientsAsync(this RunningServer server)
    {
        var count = 0;
        var request = new ListClientsRequest { PageSize = 500 };
        do
        {
            var page = await server.Administration().ListClientsAsync(request);
            count += page.Clients.Count;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return count;
    }

    public static string[] Strings(this JsonElement document, string member) =>
        [.. document.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];
}
