using System.Buffers;

namespace GrpcDcr.Server.Syntax;

/// <summary>
/// The text form of X.500 distinguished names, RFC 4514 section 3. Besides, spaces may stand before an attribute type, as most tools write
/// them.
/// </summary>
internal static class DistinguishedName
{
    private static readonly SearchValues<char> NeverPlain = SearchValues.Create("\0\"+,;<>");
    private static readonly SearchValues<char> Escapable = SearchValues.Create("\"+,;<>\\ #=");

    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var end = EndOfAttribute(text);
            if (!IsAttribute(text[..end].TrimStart(' ')))
            {
                return false;
            }

            if (end == text.Length)
            {
                return true;
            }

            text = text[(end + 1)..];
        }
    }

    /// <summary>Where the attribute at the beginning ends: at the first comma or plus sign that no backslash stands before.</summary>
    private static int EndOfAttribute(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] is ',' or '+')
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool IsAttribute(ReadOnlySpan<char> attribute)
    {
        var end = attribute.IndexOf('=');
        return end > 0 && IsType(attribute[..end]) && IsValue(attribute[(end + 1)..]);
    }

    /// <summary>A short name, or an object identifier in decimal numbers (RFC 4512 section 1.4).</summary>
    private static bool IsType(ReadOnlySpan<char> type)
    {
        if (char.IsAsciiLetter(type[0]))
        {
            foreach (var character in type)
            {
                if (!char.IsAsciiLetterOrDigit(character) && character != '-')
                {
                    return false;
                }
            }

            return true;
        }

        foreach (var range in type.Split('.'))
        {
            var number = type[range];
            if (number.IsEmpty || number.ContainsAnyExceptInRange('0', '9') || (number.Length > 1 && number[0] == '0'))
            {
                return false;
            }
        }

        return type.Contains('.');
    }

    private static bool IsValue(ReadOnlySpan<char> value)
    {
        if (value.StartsWith('#'))
        {
            return IsHex(value[1..]);
        }

        if (value.StartsWith(' '))
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                var escaped = EscapeLength(value[(i + 1)..]);
                if (escaped == 0)
                {
                    return false;
                }

                i += escaped;
            }
            else if (NeverPlain.Contains(value[i]) || (value[i] == ' ' && i == value.Length - 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The characters that belong to a backslash before them: one special one, or two hex digits; 0 for neither.</summary>
    private static int EscapeLength(ReadOnlySpan<char> rest) =>
        rest.IsEmpty ? 0
        : Escapable.Contains(rest[0]) ? 1
        : rest.Length >= 2 && IsHex(rest[..2]) ? 2
        : 0;

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return false;
            }
        }

        return text.Length > 0 && text.Length % 2 == 0;
    }
}
