using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GrpcDcr.Resilience.Tests.Load;

/// <param name="Status">The HTTP status; neither 429 nor 503.</param>
/// <param name="Body">The document; <see langword="default"/> where there is none.</param>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public bool Succeeded => (int)Status is >= 200 and < 300;

    public string Text(string member) => Body.GetProperty(member).GetString()!;
}

/// <summary>
/// Calls a listener over HTTP, each call on its own connection and no change twice, and checks failures: nothing but 429 and 503 in the
/// error format of the listener, or a broken connection.
/// </summary>
internal sealed class HttpListenerClient : IDisposable
{
    /// <summary>Longer than any fault lasts.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(40);

    private readonly HttpClient _http;
    private readonly Recorder _recorder;
    private readonly string[] _errorMembers;

    private HttpListenerClient(int port, Recorder recorder, params string[] errorMembers)
    {
        (_recorder, _errorMembers) = (recorder, errorMembers);
        _http = new HttpClient(
            new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = CallTime,
        };
        _http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
    }

    /// <summary>A public listener, or a proxy before several. Errors are those of RFC 7591 section 3.2.2.</summary>
    public static HttpListenerClient Public(int port, Recorder recorder) => new(port, recorder, "error", "error_description");

    /// <summary>An admin listener, or a proxy before several. Errors are those of google.rpc.Status.</summary>
    public static HttpListenerClient Admin(int port, Recorder recorder) => new(port, recorder, "code", "message");

    /// <returns><see langword="null"/> when it failed in one of the ways that are allowed.</returns>
    public async Task<Answer?> SendAsync(HttpMethod method, string path, string? bearer, object? document)
    {
        var begin = _recorder.Now;
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = ContentOf(method, document) };
            request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsByteArrayAsync();
            var isRefusal = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
            if (isRefusal)
            {
                _recorder.Failed(begin, FailureKind.Refused, $"{method} {path}: {(int)answer.StatusCode}");
            }

            if ((int)answer.StatusCode >= 400 && ProblemOf(answer, body, isRefusal) is { } problem)
            {
                _recorder.Surprises.Enqueue(
                    $"{method} {path}: {(int)answer.StatusCode} {problem}: {System.Text.Encoding.UTF8.GetString(body)}");
            }

            return isRefusal
                ? null
                : new Answer(answer.StatusCode, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            _recorder.Failed(begin, FailureKind.Broken, $"{method} {path}: {e.GetBaseException().Message}");
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// A request that has no body at all is sent again by the library when its connection ends without an answer; reads may be.
    /// </summary>
    private static HttpContent? ContentOf(HttpMethod method, object? document) =>
        document is not null ? JsonContent.Create(document) : method == HttpMethod.Delete ? new ByteArrayContent([]) : null;

    private string? ProblemOf(HttpResponseMessage answer, byte[] body, bool isRefusal)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/json")
        {
            return "is no JSON";
        }

        if (isRefusal && answer.Headers.RetryAfter?.Delta is not { TotalSeconds: >= 1 })
        {
            return "has no Retry-After";
        }

        var document = JsonSerializer.Deserialize<JsonElement>(body);
        return _errorMembers.All(member => document.TryGetProperty(member, out _))
            ? null
            : $"has not {string.Join(" and ", _errorMembers)}";
    }
}
