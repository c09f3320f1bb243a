using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Management;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>
/// Reads the flat document of an update (RFC 7592 section 2.2): the metadata, and what the document says of the client's identifier and
/// secret.
/// </summary>
internal static class UpdateJson
{
    /// <summary>What only the service says of a client, so that no update may say it.</summary>
    private static readonly string[] Forbidden =
    [
        MemberNames.RegistrationAccessToken, MemberNames.RegistrationClientUri, MemberNames.ClientSecretExpiresAt,
        MemberNames.ClientIdIssuedAt,
    ];

    /// <param name="sent">The body.</param>
    /// <param name="named">The members that the deployment names beside the registered ones.</param>
    /// <exception cref="RegistrationRefusedException">As for a registration, and for members that an update must not have.</exception>
    public static UpdateRequest Read(ReadOnlyMemory<byte> sent, AllowedValues named) => MetadataJson.Read(sent, (document, violations) =>
    {
        violations.AddRange(Forbidden.Where(name => document.TryGetProperty(name, out _)).Select(name => new Violation(
            name, $"{name} must not be in an update; only the server sets it (RFC 7592 section 2.2).")));
        var id = Credential(document, MemberNames.ClientId, violations);
        return new UpdateRequest(
            string.IsNullOrEmpty(id) ? null : id,
            Credential(document, MemberNames.ClientSecret, violations),
            MetadataJson.MetadataOf(document, named, violations));
    });

    private static string? Credential(JsonElement document, string name, List<Violation> violations)
    {
        if (!document.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        violations.Add(new Violation(name, $"{name} must be a string."));
        return null;
    }
}
