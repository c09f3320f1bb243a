using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Reads the JSON form of a message strictly: a member that the message does not have, or has twice, is a violation, and so is a value of
/// another type. Client metadata is the flat OAuth document, which is read like that of a registration.
/// </summary>
/// <param name="named">The additional members of client metadata that the deployment names.</param>
/// <param name="violations">Gets every violation, with the path of its member.</param>
/// <param name="unreadable">Gets the members of client metadata that have a wrong type, and are left out of the message.</param>
/// <param name="writer">Gets the message in the form that transcoding reads.</param>
internal sealed class ProtoJsonReader(AllowedValues named, Violations violations, Violations unreadable, Utf8JsonWriter writer)
{
    /// <param name="value">A JSON object.</param>
    /// <param name="fields">The fields that it may have.</param>
    /// <param name="path">The path of the object with a dot behind it; empty for the request itself.</param>
    /// <exception cref="RegistrationRefusedException">The OAuth document in it is malformed.</exception>
    public void ReadObject(JsonElement value, IList<FieldDescriptor> fields, string path)
    {
        var seen = new HashSet<FieldDescriptor>();
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            var at = path + member.Name;
            if (fields.FirstOrDefault(field => field.JsonName == member.Name) is not { } field)
            {
                violations.Add(at, $"{Excerpt.Of(at)} is unknown. Allowed: {AllowedNames.Of(fields)}.");
            }
            else if (!seen.Add(field))
            {
                violations.Add(at, $"{at} is there twice.");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                if (seen.FirstOrDefault(other => IsAlternative(other, field) && !IsNull(value, other)) is { } other)
                {
                    violations.Add(at, $"{at} and {path + other.JsonName} exclude each other.");
                }

                writer.WritePropertyName(member.Name);
                ReadField(field, member.Value, at);
            }
        }

        writer.WriteEndObject();
    }

    private static bool IsAlternative(FieldDescriptor one, FieldDescriptor other) =>
        one != other && one.RealContainingOneof is { } group && group == other.RealContainingOneof;

    private static bool IsNull(JsonElement value, FieldDescriptor field) =>
        value.GetProperty(field.JsonName).ValueKind == JsonValueKind.Null;

    private void ReadField(FieldDescriptor field, JsonElement value, string path)
    {
        if (field.IsMap)
        {
            ReadMap(field.MessageType.FindFieldByNumber(2), value, path);
        }
        else if (!field.IsRepeated)
        {
            ReadValue(field, value, path);
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            Add(path, "an array");
        }
        else
        {
            writer.WriteStartArray();
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                ReadValue(field, item, $"{path}[{index++}]");
            }

            writer.WriteEndArray();
        }
    }

    /// <param name="field">The field of the values. All keys are strings.</param>
    /// <param name="value">The map.</param>
    /// <param name="path">Its path.</param>
    private void ReadMap(FieldDescriptor field, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(path, "an object");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (var entry in value.EnumerateObject())
        {
            var at = $"{path}[\"{entry.Name}\"]";
            if (!seen.Add(entry.Name))
            {
                violations.Add(at, $"{Excerpt.Of(at)} is there twice.");
                continue;
            }

            writer.WritePropertyName(entry.Name);
            ReadValue(field, entry.Value, at);
        }

        writer.WriteEndObject();
    }

    private void ReadValue(FieldDescriptor field, JsonElement value, string path)
    {
        if (ProtoJsonValue.IsSingle(field))
        {
            var (json, allowed) = ProtoJsonValue.Read(field, value);
            Write(json, allowed, path);
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            Add(path, "an object");
        }
        else if (field.MessageType == ClientMetadata.Descriptor)
        {
            var document = OAuthDocumentReader.ReadRegistration(JsonMarshal.GetRawUtf8Value(value), named);
            foreach (var violation in document.Unreadable)
            {
                unreadable.Add(violation);
            }

            writer.WriteRawValue(JsonFormatter.Default.Format(document.ToMessage()));
        }
        else
        {
            ReadObject(value, field.MessageType.Fields.InDeclarationOrder(), path + ".");
        }
    }

    private void Write(string? json, string? allowed, string path)
    {
        if (json is null)
        {
            Add(path, allowed!);
        }
        else
        {
            writer.WriteRawValue(json);
        }
    }

    /// <summary>What was written is not sent on then; it only has to stay well-formed.</summary>
    private void Add(string path, string allowed)
    {
        violations.Add(path, $"{path} must be {allowed}.");
        writer.WriteNullValue();
    }
}
