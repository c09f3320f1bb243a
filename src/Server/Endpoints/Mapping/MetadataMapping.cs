using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Mapping;

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
        Jwks = wire.HasJwks ? JsonTextMapping.ObjectOf(wire.Jwks) : null,
        SoftwareId = wire.HasSoftwareId ? wire.SoftwareId : null,
        SoftwareVersion = wire.HasSoftwareVersion ? wire.SoftwareVersion : null,
        ApplicationType = wire.HasApplicationType ? wire.ApplicationType : null,
        Localized = wire.Localized.Count == 0
            ? ClientMetadata.Empty.Localized
            : new Dictionary<string, string>(wire.Localized, StringComparer.Ordinal),
        SoftwareStatement = wire.HasSoftwareStatement ? wire.SoftwareStatement : null,
        Extensions = ExtensionMapping.ToModel(wire),
    };

    public static V1.ClientMetadata ToMessage(this ClientMetadata model)
    {
        var wire = new V1.ClientMetadata
        {
            RedirectUris = { model.RedirectUris },
            GrantTypes = { model.GrantTypes },
            ResponseTypes = { model.ResponseTypes },
            Contacts = { model.Contacts },
        };
        foreach (var (name, value) in model.Localized)
        {
            wire.Localized.Add(name, value);
        }

        Set(wire, model.Jwks?.GetRawText(), static (w, v) => w.Jwks = v);
        Set(wire, model.TokenEndpointAuthMethod, static (w, v) => w.TokenEndpointAuthMethod = v);
        Set(wire, model.ClientName, static (w, v) => w.ClientName = v);
        Set(wire, model.ClientUri, static (w, v) => w.ClientUri = v);
        Set(wire, model.LogoUri, static (w, v) => w.LogoUri = v);
        Set(wire, model.Scope, static (w, v) => w.Scope = v);
        Set(wire, model.TosUri, static (w, v) => w.TosUri = v);
        Set(wire, model.PolicyUri, static (w, v) => w.PolicyUri = v);
        Set(wire, model.JwksUri, static (w, v) => w.JwksUri = v);
        Set(wire, model.SoftwareId, static (w, v) => w.SoftwareId = v);
        Set(wire, model.SoftwareVersion, static (w, v) => w.SoftwareVersion = v);
        Set(wire, model.ApplicationType, static (w, v) => w.ApplicationType = v);
        Set(wire, model.SoftwareStatement, static (w, v) => w.SoftwareStatement = v);
        ExtensionMapping.ToMessage(model.Extensions, wire);
        return wire;
    }

    private static void Set(V1.ClientMetadata wire, string? value, Action<V1.ClientMetadata, string> set)
    {
        if (value is not null)
        {
            set(wire, value);
        }
    }
}
