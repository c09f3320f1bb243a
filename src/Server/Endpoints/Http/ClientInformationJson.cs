using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Flattens the JSON form of ClientInformation into the document of RFC 7591 section 3.2.1: the members of <c>metadata</c>, and
/// of its <c>localized</c> and <c>extensions</c>, stand beside the others.
/// </summary>
internal static class ClientInformationJson
{
    /// <summary>Text stays readable; the document is served as JSON and never inside of HTML.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ArrayBufferWriter<byte> Flatten(ReadOnlyMemory<byte> nested)
    {
        var flat = new ArrayBufferWriter<byte>(nested.Length + 64);
        using var document = JsonDocument.Parse(nested);
        using var writer = new Utf8JsonWriter(flat, Readable);
        writer.WriteStartObject();
        WriteMembers(writer, document.RootElement);
        writer.WriteEndObject();
        writer.Flush();
        return flat;
    }

    private static void WriteJson(Utf8JsonWriter writer, JsonProperty member)
    {
        writer.WritePropertyName(member.Name);
        writer.WriteRawValue(member.Value.GetString()!);
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
        {
            if (member.NameEquals("metadata") || member.NameEquals("localized"))
            {
                WriteMembers(writer, member.Value);
            }
            else if (member.NameEquals("extensions"))
            {
                foreach (var extension in member.Value.EnumerateObject())
                {
                    WriteJson(writer, extension);
                }
            }
            else if (MetadataMember.IsJsonText(member.Name))
            {
                WriteJson(writer, member);
            }
            else
            {
                member.WriteTo(writer);
            }
        }
    }
}
