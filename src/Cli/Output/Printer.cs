using System.Text.Json.Nodes;

namespace GrpcDcr.Cli.Output;

/// <summary>Writes results to standard output.</summary>
/// <param name="format">How.</param>
/// <param name="quiet">True for identifiers only.</param>
/// <param name="color">Whether tables may have colours.</param>
internal sealed class Printer(OutputFormat format, bool quiet, bool color)
{
    private readonly TextWriter _output = Console.Out;

    public OutputFormat Format => format;

    public bool IsQuiet => quiet;

    /// <summary>Writes one object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="id">The member that identifies it, for <c>--quiet</c>. Null for objects without one: then nothing is written.</param>
    public async Task ItemAsync(JsonObject item, string? id)
    {
        if (quiet)
        {
            await (id is null ? Task.CompletedTask : _output.WriteLineAsync(Plain.Line(JsonText.At(item, id))));
            return;
        }

        await _output.WriteAsync(format switch
        {
            OutputFormat.Table => Details.Of(item, color),
            OutputFormat.Json => $"{JsonText.Of(item, indented: true)}\n",
            OutputFormat.Jsonl => $"{JsonText.Of(item, indented: false)}\n",
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    /// <summary>Writes a list page by page. A JSON list that failed has no end.</summary>
    public async Task ListAsync(IAsyncEnumerable<IReadOnlyList<JsonObject>> pages, Resource of)
    {
        var table = new Table(of.Columns, _output, color);
        var count = 0;
        await foreach (var page in pages)
        {
            await (quiet ? IdsAsync(page, of) : format switch
            {
                OutputFormat.Table => table.WriteAsync(page),
                OutputFormat.Json => ElementsAsync(page, count),
                OutputFormat.Jsonl => ObjectsAsync(page),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
            await _output.FlushAsync();
            count += page.Count;
        }

        if (!quiet && format == OutputFormat.Json)
        {
            await _output.WriteLineAsync(count == 0 ? "[]" : "\n]");
        }
    }

    private async Task IdsAsync(IReadOnlyList<JsonObject> page, Resource of)
    {
        foreach (var item in page)
        {
            await _output.WriteLineAsync(Plain.Line(JsonText.At(item, of.Id)));
        }
    }

    private async Task ElementsAsync(IReadOnlyList<JsonObject> page, int before)
    {
        foreach (var item in page)
        {
            var text = JsonText.Of(item, indented: true).Replace("\n", "\n  ", StringComparison.Ordinal);
            await _output.WriteAsync($"{(before++ == 0 ? "[" : ",")}\n  {text}");
        }
    }

    private async Task ObjectsAsync(IReadOnlyList<JsonObject> page)
    {
        foreach (var item in page)
        {
            await _output.WriteLineAsync(JsonText.Of(item, indented: false));
        }
    }
}
