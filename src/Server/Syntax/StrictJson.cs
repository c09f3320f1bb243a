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

    /// <summary>
    /// The object, whose strings can all be read; <see langword="null"/> if the octets are not one JSON object in UTF-8 without duplicate
    /// members on any level.
    /// </summary>
    public static JsonElement? ReadObject(ReadOnlySpan<byte> octets)
    {
        if (!Utf8.IsValid(octets))
        {
            return null;
        }

        try
        {
            var value = Parse(octets);
            ReadTexts(value);
            return value.ValueKind == JsonValueKind.Object ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // The only cause is a \u escape that is an unpaired surrogate (RFC 8259 section 8.2).
            return null;
        }
    }

    /// <summary>A value without duplicate members on any level. Its strings are not checked; see <see cref="JsonText"/>.</summary>
    /// <exception cref="JsonException">It is not one JSON value, is too deep, or has a duplicate member.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> octets) => JsonElement.Parse(octets, Strict);

    /// <summary>A copy that does not keep the whole document in memory.</summary>
    public static JsonElement Own(JsonElement value) => Parse(JsonMarshal.GetRawUtf8Value(value));

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
