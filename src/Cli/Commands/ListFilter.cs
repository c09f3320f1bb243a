using System.CommandLine;

namespace GrpcDcr.Cli.Commands;

/// <summary>An option of a list, and the query parameter that it becomes.</summary>
/// <param name="Option">The option.</param>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Value">The value of the parameter. Null if the option was not given.</param>
internal sealed record ListFilter(Option Option, string Parameter, Func<Session, string?> Value)
{
    /// <summary>The order of a list.</summary>
    public static readonly ListFilter Order = Word("--order", "order", "The order. Default: newest_first.", "newest_first", "oldest_first");

    public static readonly Option<int?> Limit = LimitOption();

    /// <summary>Any text. An empty one would list everything, and is refused.</summary>
    public static ListFilter Text(string name, string parameter, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "TEXT" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is "")
            {
                result.AddError($"{name} is empty; leave it out to list all.");
            }
        });
        return new(option, parameter, session => session.Of(option));
    }

    /// <summary>One of some words, which the API has in capitals unless they are true and false.</summary>
    public static ListFilter Word(string name, string parameter, string description, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words) }
            .AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, words);
        return new(option, parameter, session => session.Of(option) is { } word
            ? words.Contains("true") ? word.ToLowerInvariant() : word.ToUpperInvariant()
            : null);
    }

    public static ListFilter Flag(string name, string parameter, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        return new(option, parameter, session => session.Of(option) ? "true" : null);
    }

    public static ListFilter Time(string name, string parameter, string description)
    {
        var option = ActOptions.Time(name, description);
        return new(option, parameter, session => session.Of(option) is { } text ? Moments.Parse(text) : null);
    }

    public static IReadOnlyList<(string Name, string? Value)> Query(Session session, IEnumerable<ListFilter> filters) =>
        [.. filters.Select(filter => (filter.Parameter, filter.Value(session)))];

    private static Option<int?> LimitOption()
    {
        var option = new Option<int?>("--limit") { Description = "The most to list. Default: all.", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--limit must be at least 1.");
            }
        });
        return option;
    }
}
