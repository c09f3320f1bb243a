using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GrpcDcr.Fuzz.Tests.Mutations;

/// <summary>
/// A JSON value to be taken apart and put together, also in ways that no writer would: names twice, values that are no JSON. Names and
/// values without parts are kept as they are written.
/// </summary>
internal sealed class JsonPiece
{
    /// <summary>Of a value without parts.</summary>
    public string Raw { get; set; } = "null";

    /// <summary>Of an object or array; <see langword="null"/> for other values.</summary>
    public List<JsonPart>? Parts { get; set; }

    public bool IsObject { get; set; }

    /// <summary>The value of a document; <see langword="null"/> for what is none.</summary>
    public static JsonPiece? Read(byte[] document)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document);
            return Of(parsed.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }

    public JsonPiece Copy() =>
        new() { Raw = Raw, IsObject = IsObject, Parts = Parts?.ConvertAll(part => new JsonPart(part.Name, part.Value.Copy())) };

    /// <summary>This value and all within it.</summary>
    public IEnumerable<JsonPiece> All() => (Parts ?? []).SelectMany(part => part.Value.All()).Prepend(this);

    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        Write(text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static JsonPiece Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonPiece { IsObject = true, Parts = [.. value.EnumerateObject().Select(PartOf)] },
        JsonValueKind.Array => new JsonPiece { Parts = [.. value.EnumerateArray().Select(item => new JsonPart("", Of(item)))] },
        _ => new JsonPiece { Raw = value.GetRawText() },
    };

    private static JsonPart PartOf(JsonProperty member) =>
        new($"\"{Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member))}\"", Of(member.Value));

    private void Write(StringBuilder text)
    {
        if (Parts is null)
        {
            text.Append(Raw);
            return;
        }

        text.Append(IsObject ? '{' : '[');
        foreach (var (index, part) in Parts.Index())
        {
            text.Append(index == 0 ? "" : ",");
            if (IsObject)
            {
                text.Append(part.Name.Length == 0 ? "\"\"" : part.Name).Append(':');
            }

            part.Value.Write(text);
        }

        text.Append(IsObject ? '}' : ']');
    }
}

/// <summary>A member of an object, or an item of an array.</summary>
/// <param name="Name">As written, with its quotes; empty in an array.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsonPart(string Name, JsonPiece Value);
