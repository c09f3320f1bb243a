using System.Globalization;
using System.Text;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy.Hosts;

/// <summary>
/// The Public Suffix List (publicsuffix.org/list): the names below which anyone can register a name of their own. Hosts have the form in
/// URIs, with internationalized labels in their <c>xn--</c> form (RFC 5890 section 2.3.2.1), and compare without case.
/// </summary>
internal sealed class PublicSuffixList
{
    private static readonly Lazy<PublicSuffixList> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, SuffixRules> _names;
    private readonly Dictionary<string, SuffixRules>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private PublicSuffixList(Dictionary<string, SuffixRules> names)
    {
        _names = names;
        _lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The embedded list, as published and packaged by Debian. It is read at its first use.</summary>
    public static PublicSuffixList Shipped => Embedded.Value;

    /// <summary>Reads a list in the format of publicsuffix.org/list: one rule a line, ended by the first white space.</summary>
    public static PublicSuffixList Read(TextReader reader)
    {
        var list = new PublicSuffixList(new Dictionary<string, SuffixRules>(StringComparer.OrdinalIgnoreCase));
        var ascii = new IdnMapping { AllowUnassigned = true };
        var section = SuffixRules.Registry;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                section = line.Contains("===BEGIN PRIVATE DOMAINS===", StringComparison.Ordinal) ? SuffixRules.None : section;
            }
            else if (line.Split((char[]?)null, 2) is [{ Length: > 0 } rule, ..])
            {
                list.Add(rule, section, ascii);
            }
        }

        return list;
    }

    /// <summary>Whether a host is a public suffix itself. A top-level name that no rule lists is one (the default rule <c>*</c>).</summary>
    public bool IsPublicSuffix(string host) => HostSyntax.IsName(host) && SuffixStart(host, out _) == 0;

    /// <summary>Whether a host is a public suffix of the ICANN section, which belongs to a registry and not to a client.</summary>
    public bool IsRegistrySuffix(string host) =>
        HostSyntax.IsName(host) && SuffixStart(host, out var isRegistry) == 0 && isRegistry;

    /// <summary>Whether the list has public suffixes below a host.</summary>
    public bool HasSuffixBelow(string host) => (_names.GetValueOrDefault(host) & (SuffixRules.Below | SuffixRules.Wildcard)) != 0;

    /// <summary>
    /// Where the public suffix of a host name begins: by its exception rule, else by its longest rule, else at its last label.
    /// </summary>
    private int SuffixStart(string host, out bool isRegistry)
    {
        var suffix = -1;
        var matched = SuffixRules.None;
        var start = 0;
        for (int next; ; start = next)
        {
            next = host.IndexOf('.', start) + 1;
            var rules = Rules(host.AsSpan(start));
            var above = next == 0 ? SuffixRules.None : Rules(host.AsSpan(next));
            if (rules.HasFlag(SuffixRules.Exception))
            {
                isRegistry = above.HasFlag(SuffixRules.Registry);
                return next;
            }

            if (suffix < 0 && (rules.HasFlag(SuffixRules.Normal) || above.HasFlag(SuffixRules.Wildcard)))
            {
                suffix = start;
                matched = rules.HasFlag(SuffixRules.Normal) ? rules : above;
            }

            if (next == 0)
            {
                break;
            }
        }

        isRegistry = matched.HasFlag(SuffixRules.Registry);
        return suffix < 0 ? start : suffix;
    }

    private SuffixRules Rules(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var rules) ? rules : SuffixRules.None;

    private void Add(string rule, SuffixRules section, IdnMapping ascii)
    {
        var kind = rule[0] == '!' ? SuffixRules.Exception
            : rule.StartsWith("*.", StringComparison.Ordinal) ? SuffixRules.Wildcard
            : SuffixRules.Normal;
        var name = kind == SuffixRules.Exception ? rule[1..] : kind == SuffixRules.Wildcard ? rule[2..] : rule;
        if (!Ascii.IsValid(name))
        {
            name = ascii.GetAscii(name);
        }

        _names[name] = _names.GetValueOrDefault(name) | kind | section;
        for (var dot = name.IndexOf('.'); kind != SuffixRules.Exception && dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            var above = name[(dot + 1)..];
            _names[above] = _names.GetValueOrDefault(above) | SuffixRules.Below;
        }
    }

    private static PublicSuffixList ReadEmbedded()
    {
        using var stream = typeof(PublicSuffixList).Assembly.GetManifestResourceStream("public_suffix_list.dat")
            ?? throw new InvalidOperationException("This build of the service has no Public Suffix List in it.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    /// <summary>The rules of the list for one name.</summary>
    [Flags]
    private enum SuffixRules
    {
        None = 0,

        /// <summary>The name is a public suffix.</summary>
        Normal = 1,

        /// <summary>Every name one label below it is a public suffix.</summary>
        Wildcard = 2,

        /// <summary>The name is not a public suffix, although a wildcard rule matches.</summary>
        Exception = 4,

        /// <summary>The rule stands in the ICANN section.</summary>
        Registry = 8,

        /// <summary>There are rules for names below it.</summary>
        Below = 16,
    }
}
