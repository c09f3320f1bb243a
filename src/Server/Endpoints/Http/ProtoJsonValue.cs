using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// One value of a field in every form that ProtoJSON has for it: integers as numbers or strings, enum values by name, with and without
/// their prefix, or by number.
/// </summary>
internal static partial class ProtoJsonValue
{
    /// <summary>Whether a field has a value that is not an object: a scalar, an enum, a time, a duration or a field mask.</summary>
    public static bool IsSingle(FieldDescriptor field) => field.FieldType != FieldType.Message
        || field.MessageType == Timestamp.Descriptor || field.MessageType == Duration.Descriptor
        || field.MessageType == FieldMask.Descriptor;

    /// <param name="field">A field of which <see cref="IsSingle"/> holds.</param>
    /// <param name="value">Not null.</param>
    /// <returns>The value in the form that transcoding reads, or what is allowed instead, worded to follow "must be".</returns>
    public static (string? Json, string? Allowed) Read(FieldDescriptor field, JsonElement value) => field.FieldType switch
    {
        FieldType.String => value.ValueKind == JsonValueKind.String ? (value.GetRawText(), null) : (null, "a string"),
        FieldType.Bool => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? (value.GetRawText(), null)
            : (null, "true or false"),
        FieldType.Int32 => Integer(value, int.MinValue, int.MaxValue),
        FieldType.Int64 => Integer(value, long.MinValue, long.MaxValue),
        FieldType.Enum => EnumValue(field.EnumType, value),
        FieldType.Message when field.MessageType == Timestamp.Descriptor =>
            WellKnown<Timestamp>(value, "a time of RFC 3339, such as 2030-01-31T12:00:00Z"),
        FieldType.Message when field.MessageType == Duration.Descriptor =>
            WellKnown<Duration>(value, "a number of seconds with an s, such as 3600s"),
        FieldType.Message when field.MessageType == FieldMask.Descriptor => Mask(value),
        _ => throw new UnreachableException($"{field.FullName} has a type that requests do not use."),
    };

    private static (string? Json, string? Allowed) Integer(JsonElement value, long least, long most)
    {
        var text = value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : "";
        var isInteger = decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number && number >= least && number <= most;
        return isInteger ? (number.ToString("0", CultureInfo.InvariantCulture), null) : (null, $"an integer from {least} to {most}");
    }

    private static (string? Json, string? Allowed) EnumValue(EnumDescriptor type, JsonElement value)
    {
        var prefix = AllowedNames.PrefixOf(type);
        var found = value.ValueKind switch
        {
            JsonValueKind.String => type.FindValueByName(value.GetString()) ?? type.FindValueByName(prefix + value.GetString()),
            JsonValueKind.Number when value.TryGetInt32(out var number) => type.FindValueByNumber(number),
            _ => null,
        };
        return found is not null ? ($"\"{found.Name}\"", null) : (null, AllowedNames.Of(type));
    }

    /// <summary>Names with underscores, as everywhere else in this JSON, or in the form of ProtoJSON, which transcoding reads.</summary>
    private static (string? Json, string? Allowed) Mask(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? (JsonSerializer.Serialize(Underscored().Replace(
            value.GetString()!, match => match.Groups[1].Value.ToUpperInvariant())), null)
        : (null, "a string of names with commas between them");

    private static (string? Json, string? Allowed) WellKnown<T>(JsonElement value, string allowed)
        where T : IMessage, new()
    {
        try
        {
            _ = value.ValueKind == JsonValueKind.String ? JsonParser.Default.Parse<T>(value.GetRawText()) : throw new IOException();
            return (value.GetRawText(), null);
        }
        catch (IOException)
        {
            return (null, allowed);
        }
    }

    [GeneratedRegex("_(.?)")]
    private static partial Regex Underscored();
}
