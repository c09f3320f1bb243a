using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Registration;

/// <summary>The audit events of registration.</summary>
internal static class RegistrationEvents
{
    /// <summary>Longest value kept in <see cref="AuditEvent.Detail"/>, in characters; the client's record has the whole.</summary>
    private const int MaxDetailLength = 2_000;

    public static AuditEvent Registered(RegisteredClient client, Caller caller) => new()
    {
        Time = client.IssuedAt,
        Type = AuditEventType.ClientRegistered,
        Actor = caller.Actor,
        ClientId = client.Id,
        SourceAddress = caller.SourceAddress,
        RequestId = caller.RequestId,
        Detail = DetailOf(client),
    };

    /// <summary>The registered metadata except <c>contacts</c>, which are personal data (RFC 7591 section 6), and key material.</summary>
    private static Dictionary<string, string> DetailOf(RegisteredClient client)
    {
        var metadata = client.Metadata;
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["admitted_by"] = client.AdmittedBy,
            ["client_status"] = ClientStates.WireNameOf(client.State),
        };
        Add(MemberNames.ClientName, metadata.ClientName);
        Add(MemberNames.RedirectUris, string.Join(' ', metadata.RedirectUris));
        Add(MemberNames.GrantTypes, string.Join(' ', metadata.GrantTypes));
        Add(MemberNames.ResponseTypes, string.Join(", ", metadata.ResponseTypes));
        Add(MemberNames.TokenEndpointAuthMethod, metadata.TokenEndpointAuthMethod);
        Add(MemberNames.ApplicationType, metadata.ApplicationType);
        Add(MemberNames.Scope, metadata.Scope);
        Add(MemberNames.ClientUri, metadata.ClientUri);
        Add(MemberNames.LogoUri, metadata.LogoUri);
        Add(MemberNames.TosUri, metadata.TosUri);
        Add(MemberNames.PolicyUri, metadata.PolicyUri);
        Add(MemberNames.JwksUri, metadata.JwksUri);
        Add(MemberNames.SoftwareId, metadata.SoftwareId);
        Add(MemberNames.SoftwareVersion, metadata.SoftwareVersion);
        return detail;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                detail[name] = value.Length <= MaxDetailLength ? value : value[..MaxDetailLength];
            }
        }
    }
}
