using System.Net;
using System.Text;
using System.Text.Json;

namespace GrpcDcr.Doors.Tests;

/// <summary>An HTTP answer, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, HttpResponseMessage Message, string Text)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string? Error => Json.TryGetProperty("error", out var error) ? error.GetString() : null;

    public string Description => Json.GetProperty("error_description").GetString()!;

    public string? this[string member] => Json.TryGetProperty(member, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage message) =>
        new(message.StatusCode, message, await message.Content.ReadAsStringAsync());
}

/// <summary>The calls that tests make most.</summary>
internal static class Calls
{
    public static Task<Answer> RegisterAsync(this RunningServer server, string body, string? bearer = null) =>
        server.SendAsync(HttpMethod.Post, "/oauth/register", new StringContent(body, Encoding.UTF8, "application/json"), bearer);

    public static Task<Answer> RegisterAsync(this RunningServer server, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return server.SendAsync(HttpMethod.Post, "/oauth/register", content);
    }

    public static async Task<Answer> SendAsync(
        this RunningServer server, HttpMethod method, string path, HttpContent? content = null, string? bearer = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (bearer is not null)
        {
            request.Headers.Authorization = new("Bearer", bearer);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Answer.OfAsync(await server.Public.SendAsync(request));
    }

    /// <summary>Calls the operator door.</summary>
    public static async Task<Answer> OperateAsync(this RunningServer server, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await Answer.OfAsync(await server.Operator.SendAsync(request));
    }

    public static async Task<int> CountClientsAsync(this RunningServer server)
    {
        var count = 0;
        string? token = "";
        do
        {
            var page = await server.OperateAsync(HttpMethod.Get, $"/admin/v1/clients?page_size=500&page_token={token}");
            count += page.Json.TryGetProperty("clients", out var clients) ? clients.GetArrayLength() : 0;
            token = page["next_page_token"];
        }
        while (token is not null);

        return count;
    }
}
