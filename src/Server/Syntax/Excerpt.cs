using System.Buffers;

namespace GrpcDcr.Server.Syntax;

/// <summary>Quotes input of a client safely in a description.</summary>
internal static class Excerpt
{
    /// <summary>The maximum length of a quotation, in characters.</summary>
    internal const int Longest = 60;

    /// <summary>The set of RFC 6749 appendix A.8, without the characters that have a meaning in HTML or end the quotation.</summary>
    private static readonly SearchValues<char> Quotable = SearchValues.Create(
        " !#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The beginning of a text in single quotes; other characters become question marks.</summary>
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
