using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
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
    public Task<(int Status, string Body)> SendAsync(
        HttpMethod method, Uri address, string? token, JsonObject? body, TimeSpan? within, CancellationToken stop) =>
        ReadAsync(Request(method, address, token, body), within ?? CallTime, stop);

    /// <summary>Sends a form, as OAuth has it.</summary>
    /// <inheritdoc cref="SendAsync"/>
    /// <param name="address">Where to.</param>
    /// <param name="form">Its fields; those without a value are left out.</param>
    /// <param name="within">How long to wait.</param>
    /// <param name="stop">Stops the command.</param>
    public Task<(int Status, string Body)> PostFormAsync(
        Uri address, IEnumerable<(string Name, string? Value)> form, TimeSpan within, CancellationToken stop)
    {
        var request = Request(HttpMethod.Post, address, token: null, body: null);
        request.Content = new FormUrlEncodedContent(
            form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        return ReadAsync(request, within, stop);
    }

    /// <summary>
    /// Posts, and returns the elements of the list that is answered, each when it is there. None may take longer than 30 seconds.
    /// </summary>
    /// <param name="address">Where to.</param>
    /// <param name="token">The bearer token.</param>
    /// <param name="body">The JSON body.</param>
    /// <param name="faultOf">The fault of a status and a body that are no list.</param>
    /// <param name="stop">Stops the command.</param>
    /// <exception cref="CommandFault">No list came, or it has no end.</exception>
    public async IAsyncEnumerable<JsonObject> StreamAsync(
        Uri address, string token, JsonObject body, Func<int, string, CommandFault> faultOf,
        [EnumeratorCancellation] CancellationToken stop)
    {
        using var request = Request(HttpMethod.Post, address, token, body);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(CallTime);
        using var response = await AnswerAsync(
            address, _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token), CallTime, stop);
        if (!response.IsSuccessStatusCode)
        {
            throw faultOf((int)response.StatusCode, await response.Content.ReadAsStringAsync(time.Token));
        }

        await using var list = await response.Content.ReadAsStreamAsync(time.Token);
        await using var elements = JsonSerializer.DeserializeAsyncEnumerable(list, ElementJson.Default.JsonObject, time.Token)
            .GetAsyncEnumerator(time.Token);
        while (await AnswerAsync(address, elements.MoveNextAsync().AsTask(), CallTime, stop))
        {
            time.CancelAfter(CallTime);
            yield return elements.Current ?? throw NoAnswer(address, "it is not what was asked for.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, Uri address, string? token, JsonObject? body)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(JsonText.Of(body, indented: false), Encoding.UTF8, "application/json");
        return request;
    }

    private async Task<(int Status, string Body)> ReadAsync(HttpRequestMessage request, TimeSpan within, CancellationToken stop)
    {
        using (request)
        {
            using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
            time.CancelAfter(within);
            using var response = await AnswerAsync(request.RequestUri!, _http.SendAsync(request, time.Token), within, stop);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(time.Token));
        }
    }

    private static async Task<T> AnswerAsync<T>(Uri address, Task<T> answer, TimeSpan within, CancellationToken stop)
    {
        try
        {
            return await answer;
        }
        catch (HttpRequestException e)
        {
            throw NoAnswer(address, e.InnerException is { } inner && e.Message.Contains("SSL", StringComparison.Ordinal)
                ? $"{e.Message} {inner.Message}"
                : e.Message);
        }
        catch (Exception e) when (e is HttpIOException or JsonException)
        {
            throw NoAnswer(address, "it has no end. What was asked for may have happened in part.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw NoAnswer(address, $"none came within {within.TotalSeconds} seconds. What was asked for may still happen.");
        }
    }

    private static CommandFault NoAnswer(Uri address, string why) =>
        new(ExitCode.Failed, $"No answer from {address.GetLeftPart(UriPartial.Authority)}: {why}") { IsTransient = true };
}

/// <summary>How the elements of a list are read, without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ElementJson : JsonSerializerContext;
