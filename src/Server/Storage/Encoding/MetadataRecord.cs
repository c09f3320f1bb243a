using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>Client metadata to and from its stored message.</summary>
internal static class MetadataRecord
{
    public static StoredMetadata ToStored(ClientMetadata metadata)
    {
        var stored = new StoredMetadata
        {
            RedirectUris = { metadata.RedirectUris },
            GrantTypes = { metadata.GrantTypes },
            ResponseTypes = { metadata.ResponseTypes },
            Contacts = { metadata.Contacts },
        };
        foreach (var (name, value) in metadata.Localized)
        {
            stored.Localized.Add(name, value);
        }

        foreach (var (name, value) in metadata.Extensions)
        {
            stored.Extensions.Add(name, value.GetRawText());
        }

        Set(stored, metadata.TokenEndpointAuthMethod, static (s, v) => s.TokenEndpointAuthMethod = v);
        Set(stored, metadata.ClientName, static (s, v) => s.ClientName = v);
        Set(stored, metadata.ClientUri, static (s, v) => s.ClientUri = v);
        Set(stored, metadata.LogoUri, static (s, v) => s.LogoUri = v);
        Set(stored, metadata.Scope, static (s, v) => s.Scope = v);
        Set(stored, metadata.TosUri, static (s, v) => s.TosUri = v);
        Set(stored, metadata.PolicyUri, static (s, v) => s.PolicyUri = v);
        Set(stored, metadata.JwksUri, static (s, v) => s.JwksUri = v);
        Set(stored, metadata.Jwks?.GetRawText(), static (s, v) => s.Jwks = v);
        Set(stored, metadata.SoftwareId, static (s, v) => s.SoftwareId = v);
        Set(stored, metadata.SoftwareVersion, static (s, v) => s.SoftwareVersion = v);
        Set(stored, metadata.ApplicationType, static (s, v) => s.ApplicationType = v);
        Set(stored, metadata.SoftwareStatement, static (s, v) => s.SoftwareStatement = v);
        return stored;
    }

    public static ClientMetadata ToModel(StoredMetadata stored) => new()
    {
        RedirectUris = [.. stored.RedirectUris],
        TokenEndpointAuthMethod = stored.HasTokenEndpointAuthMethod ? stored.TokenEndpointAuthMethod : null,
        GrantTypes = [.. stored.GrantTypes],
        ResponseTypes = [.. stored.ResponseTypes],
        ClientName = stored.HasClientName ? stored.ClientName : null,
        ClientUri = stored.HasClientUri ? stored.ClientUri : null,
        LogoUri = stored.HasLogoUri ? stored.LogoUri : null,
        Scope = stored.HasScope ? stored.Scope : null,
        Contacts = [.. stored.Contacts],
        TosUri = stored.HasTosUri ? stored.TosUri : null,
        PolicyUri = stored.HasPolicyUri ? stored.PolicyUri : null,
        JwksUri = stored.HasJwksUri ? stored.JwksUri : null,
        Jwks = stored.HasJwks ? JsonElement.Parse(stored.Jwks) : null,
        SoftwareId = stored.HasSoftwareId ? stored.SoftwareId : null,
        SoftwareVersion = stored.HasSoftwareVersion ? stored.SoftwareVersion : null,
        ApplicationType = stored.HasApplicationType ? stored.ApplicationType : null,
        Localized = stored.Localized.Count == 0
            ? ClientMetadata.Empty.Localized
            : new Dictionary<string, string>(stored.Localized, StringComparer.Ordinal),
        SoftwareStatement = stored.HasSoftwareStatement ? stored.SoftwareStatement : null,
        Extensions = stored.Extensions.Count == 0
            ? ClientMetadata.Empty.Extensions
            : stored.Extensions.ToDictionary(member => member.Key, member => JsonElement.Parse(member.Value), StringComparer.Ordinal),
    };

    private static void Set(StoredMetadata stored, string? value, Action<StoredMetadata, string> set)
    {
        if (value is not null)
        {
            set(stored, value);
        }
    }
}
