using System.Buffers;
using System.Text.Json;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Writes the flat document of RFC 7591 section 3.2.1 in one pass: the issued members and the metadata of the client.</summary>
internal static class ClientInformationWriter
{
    private static readonly FieldDescriptor[] Fields =
        [.. V1.ClientInformation.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType != FieldType.Message)];

    /// <returns>How many bytes were written.</returns>
    public static long Write(IBufferWriter<byte> output, V1.ClientInformation information)
    {
        using var writer = new Utf8JsonWriter(output, MemberJson.Readable);
        writer.WriteStartObject();
        foreach (var field in Fields)
        {
            var value = field.Accessor.GetValue(information);
            if (field.HasPresence ? field.Accessor.HasValue(information) : value is not ("" or 0L))
            {
                MemberJson.Write(writer, field.JsonName, value);
            }
        }

        WriteMetadata(writer, information.Metadata);
        writer.WriteEndObject();
        writer.Flush();
        return writer.BytesCommitted;
    }

    private static void WriteMetadata(Utf8JsonWriter writer, V1.ClientMetadata metadata)
    {
        foreach (var (member, value) in MetadataMapping.ValuesOf(metadata))
        {
            if (member.Kind == MemberKind.Json)
            {
                WriteJson(writer, member, (string)value);
            }
            else
            {
                MemberJson.Write(writer, member, value);
            }
        }

        foreach (var (name, text) in metadata.Localized)
        {
            writer.WriteString(name, text);
        }

        foreach (var (name, json) in metadata.Extensions)
        {
            WriteJson(writer, name, json);
        }
    }

    /// <summary>JSON text that was read from JSON.</summary>
    private static void WriteJson(Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
