using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace GrpcDcr.Server.Syntax;

/// <summary>
/// Checks the strings of a JSON value. The parser accepts invalid UTF-8 and unpaired surrogates, and throws only when such a string is
/// read, possibly long after it was stored.
/// </summary>
internal static class JsonText
{
    internal const string NotUtf8 = "is not UTF-8 (RFC 8259 section 8.1)";
    internal const string HalfPair = "has an unpaired surrogate in a string, which is not Unicode text";

    private const string Control = "has a control character in a string; none is allowed";

    private const int EscapeLength = 6;

    /// <summary>What is wrong, worded to follow the name of the value, or <see langword="null"/>.</summary>
    internal static string? Fault(JsonElement value)
    {
        var json = JsonMarshal.GetRawUtf8Value(value);
        if (!Utf8.IsValid(json))
        {
            return NotUtf8;
        }

        // A backslash occurs only inside strings, as the start of an escape.
        for (var at = json.IndexOf((byte)'\\'); at >= 0 && at < json.Length;)
        {
            var escape = json[at..];
            var (length, fault) = Escape(escape);
            if (fault is not null)
            {
                return fault;
            }

            var next = escape[length..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + length + next;
        }

        return null;
    }

    private static (int Length, string? Fault) Escape(ReadOnlySpan<byte> escape)
    {
        if (escape[1] is (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            return (2, Control);
        }

        if (escape[1] != (byte)'u')
        {
            return (2, null);
        }

        var unit = CodeUnit(escape);
        return char.IsControl(unit) ? (EscapeLength, Control)
            : !char.IsSurrogate(unit) ? (EscapeLength, null)
            : char.IsSurrogatePair(unit, CodeUnit(escape[EscapeLength..])) ? (2 * EscapeLength, null)
            : (EscapeLength, HalfPair);
    }

    /// <summary>The code unit of a <c>\u</c> escape, or NUL if there is none.</summary>
    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        escape.Length >= EscapeLength
        && escape.StartsWith("\\u"u8)
        && ushort.TryParse(escape[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : '\0';

    /// <summary>Where a text stops being JSON, counted from 1, worded to follow what is wrong; empty if that is not known.</summary>
    public static string PositionOf(JsonException e) => e is { LineNumber: { } line, BytePositionInLine: { } position }
        ? $": see line {line + 1}, byte {position + 1}"
        : "";
}
