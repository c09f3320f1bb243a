using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>A field of a form, with its label and what is wrong with it.</summary>
/// <param name="Name">The name, which is its identifier in the page too.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">What it has; <see langword="null"/> for nothing.</param>
/// <param name="All">Everything that is wrong with the form.</param>
internal sealed record Field(string Name, string Label, string? Value, IReadOnlyList<Violation> All)
{
    /// <summary>What may be entered; <see langword="null"/> for nothing to say.</summary>
    public string? Hint { get; init; }

    /// <summary>The type of the input.</summary>
    public string Type { get; init; } = "text";

    public bool IsRequired { get; init; }

    /// <summary>Lines of a text; 0 for an input of one line.</summary>
    public int Rows { get; init; }

    /// <summary>The values to choose from, each with its title; empty for an input.</summary>
    public IReadOnlyList<(string Value, string Title)> Options { get; init; } = [];

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
}
