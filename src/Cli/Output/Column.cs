using System.Text.Json.Nodes;

namespace GrpcDcr.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">In capitals.</param>
/// <param name="Value">The text for one item; empty if it has none.</param>
internal sealed record Column(string Title, Func<JsonObject, string> Value)
{
    /// <summary>A column with the value at a path.</summary>
    public Column(string title, string path)
        : this(title, item => JsonText.At(item, path))
    {
    }

    /// <summary>Whether long text is shown to its end. Default: it is cut.</summary>
    public bool IsWhole { get; init; }
}
