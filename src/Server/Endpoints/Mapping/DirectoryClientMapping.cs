using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Clients for authorization servers: the effective metadata, and nothing that is for administrators only.</summary>
internal static class DirectoryClientMapping
{
    /// <param name="client">The client.</param>
    /// <param name="full">Whether language-tagged members are included.</param>
    public static Client ToDirectoryClient(this RegisteredClient client, bool full)
    {
        var message = new Client
        {
            ClientId = client.Id.ToString(),
            State = (V1.ClientState)(int)client.State,
            Metadata = MetadataOf(client, full),
            Revision = client.Revision,
            IssueTime = Timestamp.FromDateTimeOffset(client.IssuedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(client.UpdatedAt),
            HasSecret = client.Secret is not null,
            SecretExpireTime = client.Secret?.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
            SelfAsserted = client.SoftwareStatementIssuer is null,
            Annotations = { client.Annotations },
        };
        if (client.PublicReason is { } reason)
        {
            message.PublicReason = reason;
        }

        if (client.SoftwareStatementIssuer is { } issuer)
        {
            message.StatementIssuer = issuer;
        }

        if (client.Constraints?.Owner is { } owner)
        {
            message.Owner = owner;
        }

        return message;
    }

    /// <summary>Personal data and signed documents are not shown to authorization servers.</summary>
    private static V1.ClientMetadata MetadataOf(RegisteredClient client, bool full)
    {
        var metadata = client.Metadata.ToMessage();
        metadata.Contacts.Clear();
        metadata.ClearSoftwareStatement();
        if (!full)
        {
            metadata.Localized.Clear();
        }

        return metadata;
    }
}
