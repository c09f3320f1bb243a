using System.Text.Json;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Folds the flat document of an update (RFC 7592 section 2.2) into the JSON form of <c>ClientUpdate</c>: the metadata in one place, and
/// beside it what the document says of the client's identifier and secret.
/// </summary>
internal static class UpdateJson
{
    /// <summary>What only the service says of a client, so that no update may say it.</summary>
    private static readonly string[] Forbidden =
    [
        MemberNames.RegistrationAccessToken, MemberNames.RegistrationClientUri, MemberNames.ClientSecretExpiresAt,
        MemberNames.ClientIdIssuedAt,
    ];

    private static readonly string[] Credentials = [MemberNames.ClientId, MemberNames.ClientSecret];

    /// <param name="sent">The body.</param>
    /// <param name="named">The members that the deployment names beside the registered ones.</param>
    /// <exception cref="RegistrationRefusedException">As for a registration, and for members that an update must not have.</exception>
    public static ArraySegment<byte> Fold(ReadOnlyMemory<byte> sent, AllowedValues named) =>
        MetadataJson.Fold(sent, (writer, document, violations) =>
        {
            writer.WriteStartObject();
            violations.AddRange(Forbidden.Where(name => document.TryGetProperty(name, out _)).Select(name => new Violation(
                name, $"{name} must not be in an update; only the server sets it (RFC 7592 section 2.2).")));
            foreach (var name in Credentials)
            {
                WriteCredential(writer, document, name, violations);
            }

            writer.WritePropertyName("metadata");
            MetadataJson.WriteMetadata(writer, document, named, violations);
            writer.WriteEndObject();
        });

    private static void WriteCredential(Utf8JsonWriter writer, JsonElement document, string name, List<Violation> violations)
    {
        if (!document.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            violations.Add(new Violation(name, $"{name} must be a string."));
            return;
        }

        writer.WriteString(name, value.GetString());
    }
}
