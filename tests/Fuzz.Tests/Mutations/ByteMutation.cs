using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Mutations;

/// <summary>Changes octets, whatever they mean.</summary>
internal sealed class ByteMutation(Vocabulary words) : IMutation
{
    public byte[] Mutate(byte[] input, byte[] other, Dice dice)
    {
        for (var times = 1 + dice.Below(4); times > 0; times--)
        {
            input = Once(input, other, dice);
        }

        return input;
    }

    private byte[] Once(byte[] input, byte[] other, Dice dice)
    {
        var at = dice.Below(input.Length + 1);
        var length = dice.Below(Math.Min(input.Length - at, dice.OneIn(4) ? 64 : 4) + 1);
        return dice.Below(8) switch
        {
            0 => Replaced(input, at, length, []),
            1 => Replaced(input, at, 0, Encoding.UTF8.GetBytes(words.Text(dice))),
            2 => Replaced(input, at, length, Encoding.UTF8.GetBytes(words.Text(dice))),
            3 => Replaced(input, at, length, dice.Bytes(length)),
            4 => Replaced(input, at, 0, dice.Bytes(1 + dice.Below(4))),
            5 => Flipped(input, dice),
            6 => Repeated(input, at, length, dice),
            _ => Replaced(input, at, dice.OneIn(2) ? input.Length - at : length, Piece(other, dice)),
        };
    }

    private static byte[] Replaced(ReadOnlySpan<byte> input, int at, int length, ReadOnlySpan<byte> by) =>
        [.. input[..at], .. by, .. input[(at + length)..]];

    private static byte[] Flipped(byte[] input, Dice dice)
    {
        if (input.Length == 0)
        {
            return input;
        }

        byte[] flipped = [.. input];
        flipped[dice.Below(input.Length)] ^= (byte)(1 << dice.Below(8));
        return flipped;
    }

    private static byte[] Repeated(byte[] input, int at, int length, Dice dice)
    {
        var times = dice.OneIn(20) ? 1 + dice.Below(2_000) : 1 + dice.Below(4);
        return Replaced(input, at, 0, [.. Enumerable.Repeat(input[at..(at + length)], times).SelectMany(piece => piece)]);
    }

    private static byte[] Piece(byte[] input, Dice dice)
    {
        var from = dice.Below(input.Length + 1);
        return input[from..(from + dice.Below(input.Length - from + 1))];
    }
}
