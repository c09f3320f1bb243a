using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>Puts runes into text; a <see cref="StringBuilder"/> by itself takes one as an object and allocates twice for it.</summary>
internal static class RuneText
{
    internal static void AppendRune(this StringBuilder text, Rune rune)
    {
        Span<char> characters = stackalloc char[2];
        text.Append(characters[..rune.EncodeToUtf16(characters)]);
    }
}
