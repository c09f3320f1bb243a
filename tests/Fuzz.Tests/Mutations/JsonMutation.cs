using System.Text.Json;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Mutations;

/// <summary>Changes JSON as the tree it is: members, values, types, depth. Now and then, and for what is no JSON, its octets.</summary>
internal sealed class JsonMutation(Vocabulary words) : IMutation
{
    private readonly ByteMutation _octets = new(words);
    private readonly TextMutation _texts = new(words);

    public byte[] Mutate(byte[] input, byte[] other, Dice dice)
    {
        if (dice.OneIn(8) || JsonPiece.Read(input) is not { } document)
        {
            return _octets.Mutate(input, other, dice);
        }

        var source = JsonPiece.Read(other) ?? document.Copy();
        for (var times = 1 + dice.Below(3); times > 0; times--)
        {
            Change(Any(document, dice), source, dice);
        }

        return document.ToBytes();
    }

    private void Change(JsonPiece value, JsonPiece source, Dice dice)
    {
        if (dice.OneIn(12))
        {
            Wrap(value, dice);
        }
        else if (value.Parts is { } parts)
        {
            ChangeParts(parts, value.IsObject, source, dice);
        }
        else if (value.Raw.StartsWith('"') && dice.OneIn(2))
        {
            value.Raw = Quoted(_texts.Mutate(TextOf(value.Raw), TextOf(Any(source, dice).Raw), dice));
        }
        else
        {
            Become(value, NewValue(source, dice));
        }
    }

    private void ChangeParts(List<JsonPart> parts, bool areMembers, JsonPiece source, Dice dice)
    {
        var at = parts.Count == 0 ? 0 : dice.Below(parts.Count);
        switch (parts.Count == 0 ? 0 : dice.Below(7))
        {
            case 0 or 1:
                parts.Insert(at, new JsonPart(areMembers ? Quoted(words.Name(dice)) : "", NewValue(source, dice)));
                break;
            case 2:
                parts.RemoveAt(at);
                break;
            case 3 when areMembers:
                parts[at] = parts[at] with { Name = Quoted(words.Name(dice)) };
                break;
            case 4:
                parts.InsertRange(
                    at,
                    Enumerable.Range(0, dice.OneIn(10) ? dice.Below(200) : 1)
                        .Select(_ => new JsonPart(parts[at].Name, parts[at].Value.Copy())));
                break;
            case 5 when source.Parts is { Count: > 0 } others && source.IsObject == areMembers:
                parts.Insert(at, dice.Of(others) is var part ? new JsonPart(part.Name, part.Value.Copy()) : part);
                break;
            default:
                Become(parts[at].Value, NewValue(source, dice));
                break;
        }
    }

    private JsonPiece NewValue(JsonPiece source, Dice dice) =>
        dice.OneIn(2) ? Any(source, dice).Copy() : JsonPiece.Read(System.Text.Encoding.UTF8.GetBytes(words.Value(dice))) ?? new JsonPiece();

    private static void Wrap(JsonPiece value, Dice dice)
    {
        for (var levels = dice.OneIn(6) ? dice.Below(70) : 1; levels > 0; levels--)
        {
            var isObject = dice.OneIn(2);
            var inner = value.Copy();
            value.Parts = [new JsonPart(isObject ? "\"keys\"" : "", inner)];
            value.IsObject = isObject;
        }
    }

    private static void Become(JsonPiece value, JsonPiece other) =>
        (value.Raw, value.Parts, value.IsObject) = (other.Raw, other.Parts, other.IsObject);

    private static JsonPiece Any(JsonPiece document, Dice dice)
    {
        var all = document.All().ToList();
        return all[dice.Below(all.Count)];
    }

    private static string TextOf(string raw)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(raw) ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return raw;
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
