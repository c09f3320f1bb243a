using System.Collections.Concurrent;

namespace GrpcDcr.Server.Telemetry;

/// <summary>
/// Counts by a word, and how much was counted in each of the last minutes. Words beyond the first so many are counted together, so that the
/// memory is bounded.
/// </summary>
internal sealed class MinuteCounts
{
    /// <summary>The word of all that are counted together.</summary>
    public const string Others = "others";

    private readonly ConcurrentDictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly int _maxWords;
    private readonly int _maxMinutes;

    /// <summary>Running totals; the last one is that of <see cref="Others"/>.</summary>
    private readonly long[] _totals;

    /// <summary>The totals at the beginning of each minute, the oldest first.</summary>
    private readonly Queue<long[]> _beginnings = new();

    private readonly Lock _lock = new();

    /// <param name="words">The words that are known, which are counted apart even if others come first.</param>
    /// <param name="maxOtherWords">How many further words are counted apart.</param>
    /// <param name="maxMinutes">The maximum number of minutes that are kept.</param>
    public MinuteCounts(IReadOnlyList<string> words, int maxOtherWords, int maxMinutes)
    {
        (_maxWords, _maxMinutes) = (words.Count + maxOtherWords, maxMinutes);
        _totals = new long[_maxWords + 1];
        _beginnings.Enqueue(Now());
        foreach (var word in words)
        {
            PlaceOf(word);
        }
    }

    /// <summary>From any thread, without waiting for others unless the word is new.</summary>
    public void Add(string word, long count) =>
        Interlocked.Add(ref _totals[_places.TryGetValue(word, out var place) ? place : PlaceOf(word)], count);

    /// <summary>Ends the minute.</summary>
    public void Advance()
    {
        lock (_lock)
        {
            _beginnings.Enqueue(Now());
            if (_beginnings.Count > _maxMinutes)
            {
                _beginnings.Dequeue();
            }
        }
    }

    /// <summary>
    /// Each word, in the order of their first use, with what was counted in each minute, the oldest first; the last one is not over.
    /// <see cref="Others"/> only if something was.
    /// </summary>
    public IReadOnlyList<WordCounts> Read()
    {
        lock (_lock)
        {
            long[][] moments = [.. _beginnings, Now()];
            var words = _places.OrderBy(word => word.Value).Select(word => (word.Key, word.Value));
            var all = moments[^1][_maxWords] > 0 ? words.Append((Others, _maxWords)) : words;
            return
            [
                .. all.Select(word => new WordCounts(
                    word.Item1, [.. moments.Zip(moments.Skip(1), (begin, end) => end[word.Item2] - begin[word.Item2])])),
            ];
        }
    }

    private long[] Now()
    {
        var now = new long[_totals.Length];
        for (var i = 0; i < now.Length; i++)
        {
            now[i] = Interlocked.Read(ref _totals[i]);
        }

        return now;
    }

    private int PlaceOf(string word)
    {
        lock (_lock)
        {
            return _places.TryGetValue(word, out var place) ? place
                : _places.Count < _maxWords ? _places.GetOrAdd(word, _places.Count)
                : _maxWords;
        }
    }
}

/// <summary>What was counted for a word in each minute, the oldest first.</summary>
internal sealed record WordCounts(string Word, IReadOnlyList<long> Counts);
