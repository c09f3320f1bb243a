using System.Net;
using System.Text.Json;

namespace GrpcDcr.TestKit.Service;

/// <summary>A registered client that manages its own record (RFC 7592).</summary>
public sealed record OwnRecord(RunningServer Server, string ClientId, string Token, string? Secret)
{
    public string Path => $"{RegistrationCalls.Path}/{ClientId}";

    public static OwnRecord Of(RunningServer server, JsonElement registered) => new(
        server,
        registered.GetProperty("client_id").GetString()!,
        registered.GetProperty("registration_access_token").GetString()!,
        registered.TryGetProperty("client_secret", out var secret) ? secret.GetString() : null);

    public static async Task<OwnRecord> RegisterAsync(RunningServer server, string body = Bodies.Smallest, params string[] headers) =>
        Of(server, (await server.RegisterAsync(body, headers)).IsRegistration().Json);

    public Task<Answer> ReadAsync(params string[] headers) => SendAsync(HttpMethod.Get, null, headers);

    /// <summary>The smallest document and further members, written as in JSON.</summary>
    public Task<Answer> UpdateAsync(string members, params string[] headers) =>
        PutAsync($$"""{"client_id":"{{ClientId}}",{{members}}}""", headers);

    public Task<Answer> PutAsync(string body, params string[] headers) => SendAsync(HttpMethod.Put, Bodies.Json(body), headers);

    public Task<Answer> DeleteAsync(params string[] headers) => SendAsync(HttpMethod.Delete, null, headers);

    public OwnRecord With(string token) => this with { Token = token };

    private Task<Answer> SendAsync(HttpMethod method, HttpContent? body, params string[] headers) =>
        Server.SendAsync(method, Path, body, ["Authorization: Bearer " + Token, .. headers]);
}

/// <summary>What the answers of RFC 7592 look like.</summary>
public static class OwnRecordAnswers
{
    /// <summary>RFC 7592 sections 2.1 and 2.2: 200 with the whole document.</summary>
    public static Answer IsRecord(this Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, $"{(int)answer.Status}: {answer.Body}");
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.NotEmpty(answer.Text("client_id")!);
        Assert.NotEmpty(answer.Text("registration_access_token")!);
        Assert.NotEmpty(answer.Text("registration_client_uri")!);
        return answer;
    }

    public static string TokenIn(this Answer answer) => answer.Text("registration_access_token")!;

    public static Answer IsUnknownToken(this Answer answer) =>
        answer.IsRefusal("invalid_token", HttpStatusCode.Unauthorized, answer.Body);
}
