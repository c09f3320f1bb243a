using System.Text.RegularExpressions;

namespace GrpcDcr.Server.Syntax;

/// <summary>
/// The text form of X.500 distinguished names, by the grammar of RFC 4514 section 3. In addition, spaces may precede an attribute type, as
/// most tools write them, and there is at least one attribute.
/// </summary>
internal static partial class DistinguishedName
{
    /// <summary><c>descr</c>, or <c>numericoid</c> (RFC 4512 section 1.4).</summary>
    private const string Type = @"(?:[A-Za-z][A-Za-z0-9-]*|(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))+)";

    private const string HexPair = "[0-9A-Fa-f]{2}";
    private const string Escaped = @"\\(?:[""+,;<>\\ #=]|" + HexPair + ")";

    /// <summary><c>string</c>: it has no unescaped space at either end, and no unescaped number sign at its beginning.</summary>
    private const string Text =
        @"(?:(?:[^\0""+,;<>\\ #]|" + Escaped + @")(?:(?:[^\0""+,;<>\\]|" + Escaped + @")*(?:[^\0""+,;<>\\ ]|" + Escaped + "))?)?";

    /// <summary>Atomic: an attribute has only one possible end, so backtracking is useless.</summary>
    private const string Attribute = "(?> *" + Type + "=(?:#(?:" + HexPair + ")+|" + Text + "))";

    internal static bool IsWellFormed(ReadOnlySpan<char> text) => Grammar().IsMatch(text);

    [GeneratedRegex(@"\A" + Attribute + "(?:[,+]" + Attribute + @")*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
