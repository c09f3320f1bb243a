using System.Globalization;

namespace GrpcDcr.Server.Audit;

/// <summary>The detail of an audit event, kept to a bounded length.</summary>
internal sealed class EventDetail
{
    /// <summary>Longest value, in characters; the client's record has the whole.</summary>
    private const int MaxValueLength = 2_000;

    /// <summary>Longest detail as a whole, in characters. Members that have no room are counted.</summary>
    private const int MaxTotalLength = 16_000;

    private const string Omitted = "further_members";

    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);
    private int _length;
    private int _omitted;

    public IReadOnlyDictionary<string, string> Members => _members;

    /// <param name="name">New.</param>
    /// <param name="value">Absent and empty values are left out.</param>
    public void Add(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        var kept = value.Length <= MaxValueLength ? value : value[..MaxValueLength];
        if (_length + name.Length + kept.Length <= MaxTotalLength)
        {
            _members.Add(name, kept);
            _length += name.Length + kept.Length;
        }
        else
        {
            _members[Omitted] = (++_omitted).ToString(CultureInfo.InvariantCulture);
        }
    }
}
