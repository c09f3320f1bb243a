using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Wire.Mapping;

/// <summary>Client metadata between the wire and the model.</summary>
internal static class MetadataMapping
{
    public static ClientMetadata ToModel(this V1.ClientMetadata? wire) => wire is null ? ClientMetadata.Empty : new ClientMetadata
    {
        RedirectUris = [.. wire.RedirectUris],
        TokenEndpointAuthMethod = wire.HasTokenEndpointAuthMethod ? wire.TokenEndpointAuthMethod : null,
        GrantTypes = [.. wire.GrantTypes],
        ResponseTypes = [.. wire.ResponseTypes],
        ClientName = wire.HasClientName ? wire.ClientName : null,
        ClientUri = wire.HasClientUri ? wire.ClientUri : null,
        LogoUri = wire.HasLogoUri ? wire.LogoUri : null,
        Scope = wire.HasScope ? wire.Scope : null,
        Contacts = [.. wire.Contacts],
        TosUri = wire.HasTosUri ? wire.TosUri : null,
        PolicyUri = wire.HasPolicyUri ? wire.PolicyUri : null,
        JwksUri = wire.HasJwksUri ? wire.JwksUri : null,
        Jwks = wire.Jwks?.ToModel(),
        SoftwareId = wire.HasSoftwareId ? wire.SoftwareId : null,
        SoftwareVersion = wire.HasSoftwareVersion ? wire.SoftwareVersion : null,
        ApplicationType = wire.HasApplicationType ? wire.ApplicationType : null,
        Localized = wire.Localized.Count == 0
            ? ClientMetadata.Empty.Localized
            : new Dictionary<string, string>(wire.Localized, StringComparer.Ordinal),
        SoftwareStatement = wire.HasSoftwareStatement ? wire.SoftwareStatement : null,
        Extensions = ExtensionMapping.ToModel(wire),
    };

    public static V1.ClientMetadata ToWire(this ClientMetadata model)
    {
        var wire = new V1.ClientMetadata
        {
            RedirectUris = { model.RedirectUris },
            GrantTypes = { model.GrantTypes },
            ResponseTypes = { model.ResponseTypes },
            Contacts = { model.Contacts },
            Jwks = model.Jwks?.ToWire(),
        };
        foreach (var (name, value) in model.Localized)
        {
            wire.Localized.Add(name, value);
        }

        Set(model.TokenEndpointAuthMethod, v => wire.TokenEndpointAuthMethod = v);
        Set(model.ClientName, v => wire.ClientName = v);
        Set(model.ClientUri, v => wire.ClientUri = v);
        Set(model.LogoUri, v => wire.LogoUri = v);
        Set(model.Scope, v => wire.Scope = v);
        Set(model.TosUri, v => wire.TosUri = v);
        Set(model.PolicyUri, v => wire.PolicyUri = v);
        Set(model.JwksUri, v => wire.JwksUri = v);
        Set(model.SoftwareId, v => wire.SoftwareId = v);
        Set(model.SoftwareVersion, v => wire.SoftwareVersion = v);
        Set(model.ApplicationType, v => wire.ApplicationType = v);
        Set(model.SoftwareStatement, v => wire.SoftwareStatement = v);
        ExtensionMapping.ToWire(model.Extensions, wire);
        return wire;
    }

    private static void Set(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }
}
