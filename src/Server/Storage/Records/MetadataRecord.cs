using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Records;

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

        Set(metadata.TokenEndpointAuthMethod, v => stored.TokenEndpointAuthMethod = v);
        Set(metadata.ClientName, v => stored.ClientName = v);
        Set(metadata.ClientUri, v => stored.ClientUri = v);
        Set(metadata.LogoUri, v => stored.LogoUri = v);
        Set(metadata.Scope, v => stored.Scope = v);
        Set(metadata.TosUri, v => stored.TosUri = v);
        Set(metadata.PolicyUri, v => stored.PolicyUri = v);
        Set(metadata.JwksUri, v => stored.JwksUri = v);
        Set(metadata.Jwks?.GetRawText(), v => stored.Jwks = v);
        Set(metadata.SoftwareId, v => stored.SoftwareId = v);
        Set(metadata.SoftwareVersion, v => stored.SoftwareVersion = v);
        Set(metadata.ApplicationType, v => stored.ApplicationType = v);
        Set(metadata.SoftwareStatement, v => stored.SoftwareStatement = v);
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

    private static void Set(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }
}
