using System.Text.Json.Serialization;

namespace GrpcDcr.Cli.Contexts;

/// <summary>The configuration file.</summary>
internal sealed record Configuration
{
    /// <summary>The name of the context that is used where none is named. Null when there is none.</summary>
    public string? Current { get; init; }

    public SortedDictionary<string, NamedContext> Contexts { get; init; } = new(StringComparer.Ordinal);

    /// <param name="name">The name.</param>
    /// <exception cref="CommandFault">There is no such context.</exception>
    public NamedContext Get(string name) => Contexts.TryGetValue(name, out var context)
        ? context
        : throw CommandFault.Usage($"There is no context '{name}'. {Known()}");

    /// <summary>This configuration with a context added or replaced. The first one becomes the current one.</summary>
    public Configuration With(string name, NamedContext context) => this with
    {
        Current = Current ?? name,
        Contexts = new(Contexts, StringComparer.Ordinal) { [name] = context },
    };

    public Configuration Without(string name) => this with
    {
        Current = Current == name ? null : Current,
        Contexts = new(Contexts.Where(entry => entry.Key != name).ToDictionary(), StringComparer.Ordinal),
    };

    private string Known() => Contexts.Count == 0
        ? "There are none: 'grpcdcr context set NAME --address URL' makes one."
        : $"There are: {string.Join(", ", Contexts.Keys)}.";
}

/// <summary>How the configuration is read and written, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    WriteIndented = true)]
[JsonSerializable(typeof(Configuration))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
