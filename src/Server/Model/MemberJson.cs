using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GrpcDcr.Server.Model;

/// <summary>The values of members as JSON.</summary>
internal static class MemberJson
{
    /// <summary>Text stays readable; the document is served as JSON and never inside of HTML.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Duplicate members are refused on every level. The reader and the rules limit the depth.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a value.</summary>
    /// <param name="member">The member.</param>
    /// <param name="reader">Positioned at the value; afterwards at its end.</param>
    /// <param name="source">The bytes of the reader.</param>
    /// <param name="fault">What is wrong with its type, worded to follow the name of the member, or <see langword="null"/>.</param>
    /// <returns><see langword="null"/> for a wrong type, and for a JSON null, which counts as absent.</returns>
    /// <exception cref="JsonException">The JSON is malformed or too deep, or has a duplicate member.</exception>
    /// <exception cref="InvalidOperationException">A string is not valid Unicode.</exception>
    public static object? Read(MetadataMember member, ref Utf8JsonReader reader, ReadOnlySpan<byte> source, out string? fault) =>
        Read(member.Kind, ref reader, source, out fault);

    /// <summary>Reads a value of a kind.</summary>
    /// <inheritdoc cref="Read(MetadataMember, ref Utf8JsonReader, ReadOnlySpan{byte}, out string)"/>
    public static object? Read(MemberKind kind, ref Utf8JsonReader reader, ReadOnlySpan<byte> source, out string? fault)
    {
        fault = null;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var value = kind switch
        {
            MemberKind.Text => reader.TokenType == JsonTokenType.String ? reader.GetString() : null,
            MemberKind.Texts => reader.TokenType == JsonTokenType.StartArray ? ReadTexts(ref reader, source) : null,
            MemberKind.Flag => reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : null,
            MemberKind.Number => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : (object?)null,
            MemberKind.Json => reader.TokenType == JsonTokenType.StartObject ? ReadAny(ref reader, source) : null,
            _ => throw new UnreachableException(),
        };
        if (value is null)
        {
            Ignore(ref reader, source);
            fault = Expected(kind);
        }

        return value;
    }

    /// <summary>The value of a member, from an element.</summary>
    /// <inheritdoc cref="Read(MetadataMember, ref Utf8JsonReader, ReadOnlySpan{byte}, out string)"/>
    public static object? Of(MetadataMember member, JsonElement json, out string? fault) => Of(member.Kind, json, out fault);

    /// <summary>The value of a kind, from an element.</summary>
    /// <inheritdoc cref="Read(MetadataMember, ref Utf8JsonReader, ReadOnlySpan{byte}, out string)"/>
    public static object? Of(MemberKind kind, JsonElement json, out string? fault)
    {
        var source = JsonMarshal.GetRawUtf8Value(json);
        var reader = new Utf8JsonReader(source);
        reader.Read();
        return Read(kind, ref reader, source, out fault);
    }

    /// <summary>Any value; the element owns its memory.</summary>
    /// <exception cref="JsonException">The JSON is malformed or too deep, or has a duplicate member.</exception>
    public static JsonElement ReadAny(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return JsonElement.Parse(source[start..(int)reader.BytesConsumed], Strict);
    }

    /// <summary>Skips a value.</summary>
    /// <exception cref="JsonException">The JSON is malformed or too deep, or has a duplicate member.</exception>
    public static void Ignore(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _ = ReadAny(ref reader, source);
        }
    }

    public static void Write(Utf8JsonWriter writer, string name, object value)
    {
        writer.WritePropertyName(name);
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case IEnumerable<string> texts:
                writer.WriteStartArray();
                foreach (var text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case JsonElement json:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(json), skipInputValidation: true);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A value as JSON text.</summary>
    public static string ToJson(object value) => value switch
    {
        string text => string.Concat("\"", Escaped(text), "\""),
        string[] { Length: > 0 } texts => ToJson(texts),
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        JsonElement json => json.GetRawText(),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether two values are equal; both may be absent.</summary>
    public static bool AreSame(object? one, object? other) => (one, other) switch
    {
        (string[] texts, string[] others) => texts.AsSpan().SequenceEqual(others),
        (JsonElement json, JsonElement another) => json.GetRawText() == another.GetRawText() || AreDeepEqual(json, another),
        _ => Equals(one, other),
    };

    /// <summary>Texts that are not valid Unicode are not equal to anything.</summary>
    private static bool AreDeepEqual(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string ToJson(string[] texts)
    {
        var json = new DefaultInterpolatedStringHandler(0, 0);
        for (var i = 0; i < texts.Length; i++)
        {
            json.AppendLiteral(i == 0 ? "[\"" : "\",\"");
            json.AppendLiteral(Escaped(texts[i]));
        }

        json.AppendLiteral("\"]");
        return json.ToStringAndClear();
    }

    private static string Escaped(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    private static string[]? ReadTexts(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        List<string>? texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts?.Add(reader.GetString()!);
            }
            else
            {
                texts = null;
                Ignore(ref reader, source);
            }
        }

        return texts?.ToArray();
    }

    private static string Expected(MemberKind kind) => kind switch
    {
        MemberKind.Text => "must be a string",
        MemberKind.Texts => "must be an array of strings",
        MemberKind.Flag => "must be true or false",
        MemberKind.Number => "must be a whole number, written without fraction and exponent",
        MemberKind.Json => "must be a JSON object",
        _ => throw new UnreachableException(),
    };
}
