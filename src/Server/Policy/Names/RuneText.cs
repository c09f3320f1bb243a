using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>Appends runes to text; <see cref="StringBuilder"/> itself would box and allocate them.</summary>
internal static class RuneText
{
    internal static void AppendRune(this StringBuilder text, Rune rune)
    {
        Span<char> characters = stackalloc char[2];
        text.Append(characters[..rune.EncodeToUtf16(characters)]);
    }
}
