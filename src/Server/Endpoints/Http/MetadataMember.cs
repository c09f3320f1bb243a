using System.Text.Json;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Checks the JSON type of a metadata member against its protobuf field and hands it on.</summary>
internal static class MetadataMember
{
    public static void Write(Utf8JsonWriter writer, FieldDescriptor field, JsonElement value, List<Violation> violations)
    {
        var problem = field switch
        {
            { IsRepeated: true } => WriteList(writer, field.JsonName, value),
            _ when IsJsonText(field.JsonName) => WriteObject(writer, field.JsonName, value),
            { FieldType: FieldType.Bool } => WriteFlag(writer, field.JsonName, value),
            { FieldType: FieldType.Int64 } => WriteNumber(writer, field.JsonName, value),
            _ => WriteText(writer, field.JsonName, value),
        };
        if (problem is not null)
        {
            violations.Add(new Violation(field.JsonName, $"{field.JsonName} {problem}"));
        }
    }

    /// <summary>Members whose value is JSON, which their field holds as text.</summary>
    public static bool IsJsonText(string name) =>
        name == MemberNames.Jwks || (ExtensionMembers.Kinds.TryGetValue(name, out var kind) && kind == MemberKind.Object);

    private static string? WriteText(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return "must be a string.";
        }

        writer.WriteString(name, value.GetString());
        return null;
    }

    private static string? WriteFlag(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return "must be true or false.";
        }

        writer.WriteBoolean(name, value.GetBoolean());
        return null;
    }

    private static string? WriteNumber(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            return "must be a whole number, written without fraction and exponent.";
        }

        writer.WriteNumber(name, number);
        return null;
    }

    private static string? WriteObject(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return "must be a JSON object.";
        }

        writer.WriteString(name, value.GetRawText());
        return null;
    }

    private static string? WriteList(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            return "must be an array of strings.";
        }

        // Elsewhere an empty list says no more than its absence; a client that names no grant can do nothing (RFC 7591 section 2).
        if (name == MemberNames.GrantTypes && value.GetArrayLength() == 0)
        {
            return "must name at least one grant, or be left out.";
        }

        writer.WriteStartArray(name);
        foreach (var item in value.EnumerateArray())
        {
            writer.WriteStringValue(item.GetString());
        }

        writer.WriteEndArray();
        return null;
    }
}
