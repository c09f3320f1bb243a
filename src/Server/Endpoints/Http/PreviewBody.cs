using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// The body of a preview. Its <c>metadata</c> is the flat OAuth document, which is read like that of a registration; transcoding gets the
/// message.
/// </summary>
internal static class PreviewBody
{
    private const string Metadata = "metadata";

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <param name="sent">The body.</param>
    /// <param name="named">The additional members that the deployment names.</param>
    /// <returns>The body that transcoding reads.</returns>
    /// <exception cref="RegistrationRefusedException">The body is not a JSON object, or its document is malformed.</exception>
    public static byte[] ToTranscoded(ReadOnlyMemory<byte> sent, AllowedValues named)
    {
        using var body = Parse(sent);
        var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var member in body.RootElement.EnumerateObject())
            {
                if (member.NameEquals(Metadata))
                {
                    var read = OAuthDocumentReader.ReadRegistration(JsonMarshal.GetRawUtf8Value(member.Value), named);
                    writer.WritePropertyName(Metadata);
                    writer.WriteRawValue(JsonFormatter.Default.Format(read));
                }
                else
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return output.ToArray();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> sent)
    {
        try
        {
            var body = JsonDocument.Parse(sent, Options);
            return body.RootElement.ValueKind == JsonValueKind.Object ? body : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RegistrationRefusedException(new RegistrationFault.MalformedRequest(
                "The body is not one valid JSON object without duplicate members."));
        }
    }
}
