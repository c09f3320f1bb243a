using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GrpcDcr.V1;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>What a real client sends, in the form of each listener.</summary>
internal static class RegistrationRequest
{
    public const string Body =
        """
        {"client_name":"Claude","client_uri":"https://claude.ai","redirect_uris":["https://claude.ai/api/mcp/auth_callback",
        "https://claude.com/api/mcp/auth_callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],
        "scope":"openid profile email offline_access","token_endpoint_auth_method":"client_secret_post"}
        """;

    public static RegisterClientRequest Message => new()
    {
        Metadata = Google.Protobuf.JsonParser.Default.Parse<ClientMetadata>(Body),
    };

    /// <param name="server">Where to.</param>
    /// <param name="path">Of the registration endpoint.</param>
    public static byte[] OverHttp(IPEndPoint server, string path = "/oauth/register") => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {server}\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n{Body}");

    public static async Task<IssuedClient> SendAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var content = new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await http.PostAsync("/oauth/register", content, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        using var document = JsonDocument.Parse(answer);
        return new IssuedClient(
            document.RootElement.GetProperty("client_id").GetString()!,
            document.RootElement.GetProperty("client_secret").GetString()!,
            answer.Length);
    }
}

/// <summary>A registered client.</summary>
/// <param name="Id">Its <c>client_id</c>.</param>
/// <param name="Secret">Its <c>client_secret</c>.</param>
/// <param name="AnswerBytes">How long the body of the answer was.</param>
internal sealed record IssuedClient(string Id, string Secret, int AnswerBytes);
