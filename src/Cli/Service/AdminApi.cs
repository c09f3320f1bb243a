using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Service;

/// <summary>The JSON API of the admin listener (<c>/admin/v1</c>).</summary>
internal sealed class AdminApi(HttpExchange exchange, Uri address, Func<CancellationToken, ValueTask<string>> token)
{
    /// <summary>The most that a page may have.</summary>
    private const int PageSize = 500;

    public static readonly TimeSpan BackUpTime = TimeSpan.FromMinutes(10);

    public Uri Address => address;

    public Task<JsonObject> GetAsync(string path, CancellationToken stop) => SendAsync(HttpMethod.Get, path, null, null, stop);

    public Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken stop, TimeSpan? within = null) =>
        SendAsync(HttpMethod.Post, path, body, within, stop);

    public Task<JsonObject> PatchAsync(string path, JsonObject body, CancellationToken stop) =>
        SendAsync(HttpMethod.Patch, path, body, null, stop);

    public Task<JsonObject> DeleteAsync(string path, IEnumerable<(string Name, string? Value)> query, CancellationToken stop) =>
        SendAsync(HttpMethod.Delete, path + Query(query), null, null, stop);

    /// <summary>Lists page by page, each when it is asked for. Pages may be empty.</summary>
    /// <param name="of">What to list.</param>
    /// <param name="query">Filters; those without a value are left out.</param>
    /// <param name="limit">The most items. Null means all.</param>
    /// <param name="stop">Stops the command.</param>
    public async IAsyncEnumerable<IReadOnlyList<JsonObject>> ListAsync(
        Resource of, IReadOnlyList<(string Name, string? Value)> query, int? limit, [EnumeratorCancellation] CancellationToken stop)
    {
        string? next = null;
        var left = limit ?? int.MaxValue;
        do
        {
            (string, string?)[] all = [.. query, ("page_size", $"{Math.Min(left, PageSize)}"), ("page_token", next)];
            var page = await GetAsync(of.Path + Query(all), stop);
            JsonObject[] items = [.. (page[of.Items] as JsonArray ?? []).OfType<JsonObject>().Take(left)];
            left -= items.Length;
            yield return items;
            next = JsonText.At(page, "next_page_token");
        }
        while (next.Length > 0 && left > 0);
    }

    /// <summary>Calls a method that answers with a list, and returns each of its elements as soon as it is there.</summary>
    public async IAsyncEnumerable<JsonObject> StreamAsync(
        string path, JsonObject body, [EnumeratorCancellation] CancellationToken stop)
    {
        var elements = exchange.StreamAsync(PlaceOf(path), await token(stop), body, FaultOf, stop);
        await foreach (var element in elements.WithCancellation(stop))
        {
            yield return element;
        }
    }

    private static string Query(IEnumerable<(string Name, string? Value)> query)
    {
        var set = query.Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}").ToList();
        return set.Count == 0 ? "" : $"?{string.Join('&', set)}";
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject? body, TimeSpan? within, CancellationToken stop)
    {
        var (status, text) = await exchange.SendAsync(method, PlaceOf(path), await token(stop), body, within, stop);
        return status is >= 200 and < 300 && JsonText.ParseObject(text) is { } answer ? answer : throw FaultOf(status, text);
    }

    private Uri PlaceOf(string path) => new(address, $"/admin/v1/{path}");

    private CommandFault FaultOf(int status, string text) =>
        (status is >= 200 and < 300 || JsonText.ParseObject(text) is not { } answer ? null : ServiceFaults.From(answer))
        ?? ServiceFaults.NotTheAdminListener(address, status);
}
