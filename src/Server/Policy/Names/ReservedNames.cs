using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>The reserved names of a policy, including look-alike spellings.</summary>
internal sealed class ReservedNames
{
    private readonly Dictionary<string, ReservedName> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReservedName>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>The lengths of the reserved names, so that most runs of words need no comparison.</summary>
    private readonly SortedSet<int> _lengths = [];

    public bool IsEmpty => _names.Count == 0;

    private ReservedNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Reads <c>Claude = claude.ai *.claude.com; Cursor = cursor: localhost; My Bank =</c>: a name, an equals sign, and the hosts and
    /// private-use schemes whose clients may use it; names are separated by semicolons. Adds a sentence for each problem.
    /// </summary>
    public static ReservedNames Parse(string text, List<string> faults)
    {
        var reserved = new ReservedNames();
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = entry.IndexOf('=');
            if (equals < 0)
            {
                faults.Add($"{Excerpt.Of(entry)} has no equals sign; write the name, an equals sign and its hosts.");
            }
            else
            {
                reserved.Add(entry[..equals].Trim(), WordList.Words(entry[(equals + 1)..]), faults);
            }
        }

        return reserved;
    }

    /// <summary>
    /// The reserved names that a client name claims: those that a run of its whole words looks like. A run inside a longer matching run
    /// does not count: a client that may use Claude Code need not also be allowed to use Claude. Empty if none.
    /// </summary>
    public IReadOnlyList<ReservedName> Claimed(string clientName)
    {
        if (_names.Count == 0)
        {
            return [];
        }

        var claimed = new List<ReservedName>();
        foreach (var reading in NormalizedName.Readings(clientName))
        {
            AddClaimed(reading, claimed);
        }

        return claimed;
    }

    private void AddClaimed(NormalizedName seen, List<ReservedName> claimed)
    {
        var (starts, covered) = (seen.Starts, 0);
        for (var first = 0; first < starts.Count - 1; first++)
        {
            ReservedName? found = null;
            var end = covered;
            for (var last = first + 1; last < starts.Count && starts[last] - starts[first] <= _lengths.Max; last++)
            {
                if (starts[last] > covered && Find(seen.Letters.AsSpan()[starts[first]..starts[last]]) is { } name)
                {
                    (found, end) = (name, starts[last]);
                }
            }

            covered = end;
            if (found is not null && !claimed.Contains(found))
            {
                claimed.Add(found);
            }
        }
    }

    private ReservedName? Find(ReadOnlySpan<char> letters) =>
        _lengths.Contains(letters.Length) && _lookup.TryGetValue(letters, out var name) ? name : null;

    private void Add(string name, string[] words, List<string> faults)
    {
        var label = $"The reserved name {Excerpt.Of(name)}";
        var found = new List<string>();
        var reserved = new ReservedName(name, RedirectTargets.Parse(words, found));
        faults.AddRange(found.Select(fault => $"{label}: {fault}"));
        foreach (var letters in NormalizedName.Readings(name).Select(reading => reading.Letters).Distinct())
        {
            if (letters.Length == 0)
            {
                faults.Add($"{label} has no letter or digit.");
            }
            else if (!_names.TryAdd(letters, reserved) && _names[letters] is var other && other != reserved)
            {
                faults.Add($"{label} looks like {Excerpt.Of(other.Name)}, which is reserved already.");
            }

            _lengths.Add(letters.Length);
        }
    }
}
