using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Mutations;

/// <summary>Changes text character by character and word by word; what is no UTF-8 becomes it.</summary>
internal sealed class TextMutation(Vocabulary words) : IMutation
{
    public byte[] Mutate(byte[] input, byte[] other, Dice dice) =>
        Encoding.UTF8.GetBytes(Mutate(Encoding.UTF8.GetString(input), Encoding.UTF8.GetString(other), dice));

    public string Mutate(string input, string other, Dice dice)
    {
        for (var times = 1 + dice.Below(3); times > 0; times--)
        {
            input = Once(input, other, dice);
        }

        return input;
    }

    private string Once(string input, string other, Dice dice)
    {
        var at = dice.Below(input.Length + 1);
        var length = dice.Below(Math.Min(input.Length - at, 12) + 1);
        var cut = dice.Below(other.Length + 1);
        return dice.Below(10) switch
        {
            0 => input.Remove(at, length),
            1 => input.Insert(at, words.Text(dice)),
            2 => input.Remove(at, length).Insert(at, words.Text(dice)),
            3 => input.Insert(at, $"{(char)(' ' + dice.Below('~' - ' ' + 1))}"),
            4 => input.Insert(at, new Rune(AnyScalar(dice)).ToString()),
            5 => input.Insert(at, input.Substring(at, length)),
            6 => string.Concat(input.AsSpan(0, at), other.AsSpan(cut)),
            7 => OtherCase(input, at, length),
            8 => length == 0 ? input : input.Remove(at, 1).Insert(at, $"%{(byte)input[at]:X2}"),
            _ => dice.OneIn(20)
                ? string.Concat(Enumerable.Repeat(input, Math.Min(dice.Below(300), 20_000 / (input.Length + 1))))
                : input[..at],
        };
    }

    /// <summary>Any character but half of a surrogate pair; mostly of the plane that names are written in.</summary>
    private static int AnyScalar(Dice dice)
    {
        var scalar = dice.OneIn(4) ? dice.Below(0x110000) : dice.Below(0x3000);
        return Rune.IsValid(scalar) ? scalar : 0xFFFD;
    }

    private static string OtherCase(string input, int at, int length)
    {
        var piece = input.Substring(at, length);
        var upper = piece.ToUpperInvariant();
        return input.Remove(at, length).Insert(at, upper == piece ? piece.ToLowerInvariant() : upper);
    }
}
