using System.Collections.Frozen;
using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>
/// Digits, signs and letters that stand for a letter to a reader but that UTS #39 does not list: <c>Cl4ude</c>, <c>C!aude</c>,
/// <c>Clavde</c>. A disguised reading of a name is compared with the same reading of a reserved name.
/// </summary>
internal static class Disguise
{
    private static readonly FrozenDictionary<char, char> Letters = new Dictionary<char, char>
    {
        ['4'] = 'a', ['@'] = 'a', ['8'] = 'b', ['('] = 'c', ['3'] = 'e', ['\u20ac'] = 'e', ['\u0258'] = 'e', ['9'] = 'g', ['6'] = 'g',
        ['i'] = 'l', ['I'] = 'l', ['!'] = 'l', ['\ua781'] = 'l', ['\ua780'] = 'l', ['5'] = 's', ['$'] = 's', ['7'] = 't', ['+'] = 't',
        ['v'] = 'u', ['V'] = 'u', ['2'] = 'z',
    }.ToFrozenDictionary();

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
