using System.Buffers;
using System.Buffers.Text;
using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Mutations;

/// <summary>Changes a JWT: what its header and claims say, the octets of its signature, its parts, or its text.</summary>
internal sealed class StatementMutation(Vocabulary words) : IMutation
{
    private const int SignaturePart = 2;

    private readonly JsonMutation _json = new(words);
    private readonly ByteMutation _octets = new(words);
    private readonly TextMutation _texts = new(words);

    public byte[] Mutate(byte[] input, byte[] other, Dice dice)
    {
        var (parts, others) = (Parts(input), Parts(other));
        var at = dice.Below(parts.Length);
        switch (dice.Below(6))
        {
            case 0:
                return _texts.Mutate(input, other, dice);
            case 1:
                parts[at] = dice.Of(others);
                break;
            case 2:
                parts[at] = SpeltOtherwise(parts[at], dice);
                break;
            default:
                var part = Decoded(parts[at]);
                parts[at] = Base64Url.EncodeToString(
                    at == SignaturePart
                        ? _octets.Mutate(part, Decoded(dice.Of(others)), dice)
                        : _json.Mutate(part, Decoded(dice.Of(others)), dice));
                break;
        }

        return Encoding.UTF8.GetBytes(string.Join('.', parts));
    }

    /// <summary>Text that lax decoders read as the same octets: padding, white space, idle bits, the other alphabet.</summary>
    private static string SpeltOtherwise(string part, Dice dice)
    {
        var at = dice.Below(part.Length + 1);
        return dice.Below(4) switch
        {
            0 => part + new string('=', 1 + dice.Below(2)),
            1 => part.Insert(at, dice.Of([" ", "\n", "\r\n", "\t", "=", "\u200b"])),
            2 => part.Length == 0 ? part : string.Concat(part.AsSpan(0, part.Length - 1), [(char)(part[^1] + 1)]),
            _ => part.Replace('-', '+').Replace('_', '/'),
        };
    }

    private static string[] Parts(byte[] text) => Encoding.UTF8.GetString(text).Split('.');

    private static byte[] Decoded(string part)
    {
        var decoded = new byte[part.Length];
        return Base64Url.DecodeFromChars(part, decoded, out _, out var length) == OperationStatus.Done
            ? decoded[..length]
            : Encoding.UTF8.GetBytes(part);
    }
}
