using System.Buffers;

namespace GrpcDcr.TestKit;

/// <summary>
/// The characters of <c>error_description</c>, RFC 6749 appendix A.8: printable ASCII without double quote and backslash.
/// </summary>
internal static class PlainAscii
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    public static void Check(string text)
    {
        Assert.NotEmpty(text);
        var at = text.AsSpan().IndexOfAnyExcept(Characters);
        Assert.True(at < 0, $"Character {at} of '{text}' is not of RFC 6749 appendix A.8.");
    }
}
