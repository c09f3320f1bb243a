using System.Text.Json;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Mutations;

/// <summary>Pieces that mean something to a reader, to be put where they do not belong.</summary>
internal sealed class Vocabulary
{
    private static readonly string[] OddTexts =
    [
        "", " ", "\0", "\n", "\r\n", "\t", "\u007f", "\u0080", "\u00e9", "\u200b", "\u200d", "\u202e", "\u2028", "\ufeff", "\ufffd",
        "\ud83d\ude80",
        "\u0421", "\u0130", "\u017f", "\u1e9e", "\uff0f", "\u3002", "%", "%00", "%2e", "%2F", "%5c", "%25", "%0a", "\\", "\"", "'", "<",
        "/", "//", "/../",
        "@", ":", "::", ":0", ":65536", "#", "?", "[", "]", "*", ".", "..", "-", "_", "=", "xn--", "0x7f", "0", "1", "-1", "+1", "1e1",
        "2147483648",
        "9223372036854775807", "9223372036854775808", "http", "https:", "javascript:", "localhost", "127.0.0.1", "[::1]",
        "[::ffff:127.0.0.1]", "127.1",
        "017700000001", "2130706433", "\u0660", "null", "client_name#", "#en", "__proto__", "keys", "kty",
    ];

    private static readonly string[] OddValues =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.0", "1.5", "1e0", "1E400", "1e-400", "9223372036854775807", "9223372036854775808",
        "0.1e1", "\"\"",
        "\" \"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\ud83d\\ude80\"", "\"\\/\"", "[]", "{}", "[[]]", "{\"\":1}",
        "{\"\":{\"\":[]}}", "[null]",
        "[\"\"]", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}",
    ];

    private readonly List<string> _texts = [.. OddTexts];
    private readonly List<string> _names = [];

    /// <summary>Takes texts, and the names and strings of those that are JSON.</summary>
    public Vocabulary(IEnumerable<byte[]> inputs)
    {
        foreach (var input in inputs)
        {
            Take(input);
        }

        _texts = [.. _texts.Where(text => text.Length <= 400).Distinct(StringComparer.Ordinal)];
        _names = [.. _names.Append("").Distinct(StringComparer.Ordinal)];
    }

    public string Text(Dice dice) => dice.OneIn(3) ? dice.Of(OddTexts) : dice.Of(_texts);

    /// <summary>The name of a member.</summary>
    public string Name(Dice dice) => dice.OneIn(20) ? Text(dice) : dice.Of(_names);

    /// <summary>A JSON value as text.</summary>
    public string Value(Dice dice) => dice.Below(4) switch
    {
        0 => dice.Of(OddValues),
        1 => $"[{string.Join(',', Enumerable.Range(0, dice.Below(4)).Select(_ => JsonSerializer.Serialize(Text(dice))))}]",
        _ => JsonSerializer.Serialize(Text(dice)),
    };

    private void Take(byte[] input)
    {
        try
        {
            using var document = JsonDocument.Parse(input);
            Take(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            _texts.Add(System.Text.Encoding.UTF8.GetString(input));
        }
    }

    private void Take(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _names.Add(member.Name);
                    Take(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Take(item);
                }

                break;
            case JsonValueKind.String:
                _texts.Add(value.GetString()!);
                break;
            default:
                break;
        }
    }
}
