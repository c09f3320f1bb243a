using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>A field of a form, with its label and what is wrong with it.</summary>
/// <param name="Name">The name, which is its identifier in the page too.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">What it has; <see langword="null"/> for nothing.</param>
/// <param name="All">Everything that is wrong with the form.</param>
internal sealed record Field(string Name, string Label, string? Value, IReadOnlyList<Violation> All)
{
    /// <summary>The type of an input for a time in UTC.</summary>
    public const string Time = "datetime-local";

    /// <summary>What may be entered; <see langword="null"/> for nothing to say.</summary>
    public string? Hint { get; init; }

    /// <summary>The type of the input.</summary>
    public string Type { get; init; } = "text";

    public bool IsRequired { get; init; }

    /// <summary>Lines of a text; 0 for an input of one line.</summary>
    public int Rows { get; init; }

    /// <summary>The values to choose from, each with its title; empty for an input.</summary>
    public IReadOnlyList<(string Value, string Title)> Options { get; init; } = [];

    /// <summary>What the input shows.</summary>
    public string? Shown => Type == Time ? Moments.ForPicker(Value) : Value;

    /// <summary>A browser would not show what is no time in an input for times.</summary>
    public string ShownType => Type == Time && !string.IsNullOrEmpty(Value) && !Moments.IsOfPicker(Shown) ? "text" : Type;

    public IEnumerable<string> Problems => All
        .Where(violation => violation.Member == Name || violation.Member.StartsWith(Name + '[', StringComparison.Ordinal))
        .Select(violation => violation.Description);

    public bool IsWrong => Problems.Any();

    public string? DescribedBy => (Hint is not null, IsWrong) switch
    {
        (true, true) => $"{Name}-hint {Name}-problem",
        (true, false) => $"{Name}-hint",
        (false, true) => $"{Name}-problem",
        _ => null,
    };

    /// <summary>A field of a filter, which may be empty.</summary>
    /// <param name="name">Of the query parameter.</param>
    /// <param name="sets">The field of the request that it sets.</param>
    /// <param name="text">For people.</param>
    /// <param name="value">What was entered; empty if nothing was.</param>
    /// <param name="all">Everything that is wrong with the filter.</param>
    public static Field Of(string name, FieldDescriptor sets, FilterText text, string value, IReadOnlyList<Violation> all)
    {
        var isTime = sets.FieldType == FieldType.Message && sets.MessageType == Timestamp.Descriptor;
        return new Field(name, text.Label, value, all)
        {
            Hint = text.Hint,
            Type = isTime ? Time : "text",
            Options = OptionsOf(sets) is { Count: > 0 } options ? [("", text.Empty), .. options] : [],
        };
    }

    private static IReadOnlyList<(string Value, string Title)> OptionsOf(FieldDescriptor sets) =>
        sets.FieldType == FieldType.Bool
            ? [("true", "yes"), .. sets.HasPresence ? [("false", "no")] : Array.Empty<(string, string)>()]
        : sets.FieldType == FieldType.Enum
            ? [.. sets.EnumType.Values.Where(value => value.Number != 0).Select(value => OptionOf(sets.EnumType, value))]
        : [];

    private static (string Value, string Title) OptionOf(EnumDescriptor type, EnumValueDescriptor value)
    {
        var name = value.Name[AllowedNames.PrefixOf(type).Length..];
        return (name, name.Replace('_', ' ').ToLowerInvariant());
    }
}

/// <summary>A query parameter for people.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Hint">What may be entered; <see langword="null"/> if that is plain.</param>
/// <param name="Empty">What it means that nothing is chosen.</param>
internal sealed record FilterText(string Label, string? Hint = null, string Empty = "any");
