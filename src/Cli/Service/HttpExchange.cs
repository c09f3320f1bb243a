using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Service;

/// <summary>Sends requests with JSON and a bearer token. Follows no redirect: the token is for one address.</summary>
internal sealed class HttpExchange : IDisposable
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="address">Where to.</param>
    /// <param name="token">The bearer token. Null for none.</param>
    /// <param name="body">The JSON body. Null for none.</param>
    /// <param name="within">How long to wait. Null means 30 seconds.</param>
    /// <param name="stop">Stops the command.</param>
    /// <returns>The status and the body, whatever they are.</returns>
    /// <exception cref="CommandFault">No answer came.</exception>
    public async Task<(int Status, string Body)> SendAsync(
        HttpMethod method, Uri address, string? token, JsonObject? body, TimeSpan? within, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(JsonText.Of(body, indented: false), Encoding.UTF8, "application/json");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(within ?? CallTime);
        try
        {
            using var response = await _http.SendAsync(request, time.Token);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(time.Token));
        }
        catch (HttpRequestException e)
        {
            throw NoAnswer(address, e.InnerException is { } inner && e.Message.Contains("SSL", StringComparison.Ordinal)
                ? $"{e.Message} {inner.Message}"
                : e.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw NoAnswer(address, $"none came within {(within ?? CallTime).TotalSeconds} seconds. What was asked for may still happen.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static CommandFault NoAnswer(Uri address, string why) =>
        new(ExitCode.Failed, $"No answer from {address.GetLeftPart(UriPartial.Authority)}: {why}") { IsTransient = true };
}
