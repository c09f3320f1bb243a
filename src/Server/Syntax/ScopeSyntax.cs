using System.Buffers;

namespace GrpcDcr.Server.Syntax;

/// <summary>Scope values, RFC 6749 section 3.3.</summary>
internal static class ScopeSyntax
{
    /// <summary>%x21 / %x23-5B / %x5D-7E, RFC 6749 appendix A.4.</summary>
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Whether a value is a <c>scope-token</c>.</summary>
    public static bool IsScopeToken(ReadOnlySpan<char> value) => value.Length > 0 && !value.ContainsAnyExcept(TokenCharacters);
}
