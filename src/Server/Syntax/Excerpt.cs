using System.Buffers;

namespace GrpcDcr.Server.Syntax;

/// <summary>Quotes what a client sent in a description, safely.</summary>
internal static class Excerpt
{
    /// <summary>How much is quoted, in characters.</summary>
    internal const int Longest = 60;

    /// <summary>The set of RFC 6749 appendix A.8, less what means something to HTML or ends our own quotation.</summary>
    private static readonly SearchValues<char> Quotable = SearchValues.Create(
        " !#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The beginning of a text in single quotes; what cannot be shown becomes a question mark.</summary>
    internal static string Of(ReadOnlySpan<char> text)
    {
        Span<char> shown = stackalloc char[Longest];
        var head = text.Length <= Longest ? text : text[..Longest];
        for (var i = 0; i < head.Length; i++)
        {
            shown[i] = Quotable.Contains(head[i]) ? head[i] : '?';
        }

        return string.Concat("'", shown[..head.Length], text.Length <= Longest ? "'" : "...'");
    }
}
