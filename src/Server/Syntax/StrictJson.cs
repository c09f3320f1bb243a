using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace GrpcDcr.Server.Syntax;

/// <summary>
/// JSON for signed and published documents, which every reader must read alike (RFC 7515 section 4, RFC 7519 section 7.2).
/// </summary>
internal static class StrictJson
{
    /// <summary>The maximum nesting. Statements have claims of their ecosystems, which nest deeper than client metadata.</summary>
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonDocumentOptions Lenient = Strict with { AllowDuplicateProperties = true };

    /// <summary>
    /// The object, whose strings can all be read; <see langword="null"/> if the octets are not one JSON object in UTF-8 without duplicate
    /// members on any level.
    /// </summary>
    public static JsonElement? ReadObject(ReadOnlySpan<byte> octets) =>
        Read(octets, out _) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>A value of which every string can be read, or <see langword="null"/>.</summary>
    /// <param name="octets">JSON text.</param>
    /// <param name="fault">What is wrong, worded to follow the name of the value; else <see langword="null"/>.</param>
    /// <param name="allowDuplicates">Whether members may be there twice; the caller looks at them.</param>
    public static JsonElement? Read(ReadOnlySpan<byte> octets, out string? fault, bool allowDuplicates = false)
    {
        fault = null;
        if (!Utf8.IsValid(octets))
        {
            fault = JsonText.NotUtf8;
            return null;
        }

        try
        {
            var value = JsonElement.Parse(octets, allowDuplicates ? Lenient : Strict);
            ReadTexts(value);
            return value;
        }
        catch (JsonException e)
        {
            fault = $"is not one JSON value of at most {MaxDepth} levels without duplicate members{JsonText.PositionOf(e)}";
        }
        catch (InvalidOperationException)
        {
            // The only cause is a \u escape that is an unpaired surrogate (RFC 8259 section 8.2), in a name or a text.
            fault = JsonText.HalfPair;
        }

        return null;
    }

    /// <summary>A copy that does not keep the whole document in memory.</summary>
    public static JsonElement Own(JsonElement value) => JsonElement.Parse(JsonMarshal.GetRawUtf8Value(value), Strict);

    private static void ReadTexts(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            _ = value.GetString();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                ReadTexts(item);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                _ = member.Name;
                ReadTexts(member.Value);
            }
        }
    }
}
