using System.Buffers;
using System.Text.Json;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Writes the flat document of RFC 7591 section 3.2.1 in one pass: the issued members and the metadata of the client.</summary>
internal static class ClientInformationWriter
{
    private static readonly FieldDescriptor[] Fields =
        [.. V1.ClientInformation.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType != FieldType.Message)];

    /// <param name="output">Gets the document.</param>
    /// <param name="information">The issued members. Its metadata is not looked at.</param>
    /// <param name="metadata">The metadata of the client.</param>
    /// <returns>How many bytes were written.</returns>
    public static long Write(IBufferWriter<byte> output, V1.ClientInformation information, ClientMetadata metadata)
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

        WriteMetadata(writer, metadata);
        if (information.PendingUpdate is { } pending)
        {
            writer.WritePropertyName(MemberNames.PendingUpdate);
            WritePending(writer, pending);
        }

        writer.WriteEndObject();
        writer.Flush();
        return writer.BytesCommitted;
    }

    private static void WritePending(Utf8JsonWriter writer, V1.PendingUpdateInformation pending)
    {
        writer.WriteStartObject();
        writer.WriteNumber("requested_at", pending.RequestedAt);
        writer.WriteStartArray("waiting");
        foreach (var change in pending.Waiting)
        {
            WriteChange(
                writer, change.Member, "effective", change.HasEffective ? change.Effective : null,
                "requested", change.HasRequested ? change.Requested : null, change.Reason);
        }

        writer.WriteEndArray();
        if (pending.Applied.Count > 0)
        {
            writer.WriteStartArray("applied");
            foreach (var change in pending.Applied)
            {
                WriteChange(
                    writer, change.Member, "before", change.HasBefore ? change.Before : null,
                    "after", change.HasAfter ? change.After : null, reason: null);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>A change with its two values, which are JSON text; <see langword="null"/> leaves one out.</summary>
    private static void WriteChange(
        Utf8JsonWriter writer, string member, string firstName, string? first, string secondName, string? second, string? reason)
    {
        writer.WriteStartObject();
        writer.WriteString("member", member);
        if (first is not null)
        {
            WriteJson(writer, firstName, first);
        }

        if (second is not null)
        {
            WriteJson(writer, secondName, second);
        }

        if (reason is not null)
        {
            writer.WriteString("reason", reason);
        }

        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, ClientMetadata metadata)
    {
        foreach (var (member, value) in metadata.Values)
        {
            MemberJson.Write(writer, member.Name, value);
        }

        foreach (var (name, text) in metadata.Localized)
        {
            writer.WriteString(name, text);
        }

        foreach (var (name, json) in metadata.Extensions)
        {
            MemberJson.Write(writer, name, json);
        }
    }

    /// <summary>JSON text that was read from JSON.</summary>
    private static void WriteJson(Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
