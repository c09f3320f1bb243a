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

    /// <param name="body">A JSON object.</param>
    /// <param name="named">The additional members that the deployment names.</param>
    /// <returns>The body that transcoding reads.</returns>
    /// <exception cref="RegistrationRefusedException">Its document is malformed.</exception>
    public static byte[] ToTranscoded(JsonElement body, AllowedValues named)
    {
        var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var member in body.EnumerateObject())
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
}
