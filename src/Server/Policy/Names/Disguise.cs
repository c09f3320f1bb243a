using System.Collections.Frozen;
using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>
/// Digits, signs and letters that stand for a letter to a reader but that UTS #39 does not list: <c>Cl4ude</c>, <c>C!aude</c>,
/// <c>Clavde</c>. A disguised reading of a name is compared with the same reading of a reserved name.
/// </summary>
internal static class Disguise
{
    /// <summary>Each character and the letter that it stands for.</summary>
    private static readonly FrozenDictionary<char, char> Letters =
        "4a @a 8b (c 3e \u20ace \u0258e 9g 6g il Il !l \ua781l \ua780l 5s $s 7t +t vu Vu 2z"
            .Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The name with the letters that such characters stand for.</summary>
    internal static string Undone(string name)
    {
        var undone = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            undone.Append(Letters.GetValueOrDefault(character, character));
        }

        return undone.ToString();
    }
}
