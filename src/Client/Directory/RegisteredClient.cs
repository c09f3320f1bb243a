using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>A client as authorization servers see it. Immutable; it never contains a credential.</summary>
public sealed record RegisteredClient
{
    /// <summary>The <c>client_id</c> of OAuth.</summary>
    public required string ClientId { get; init; }

    /// <summary>The state of the client. Only an <see cref="ClientState.Active"/> client may be used.</summary>
    public required ClientState State { get; init; }

    /// <summary>Why the client is not active, as a text for users. Null when no administrator gave one.</summary>
    public string? PublicReason { get; init; }

    /// <summary>The effective metadata: the approved metadata while the client has a pending update.</summary>
    public required RegisteredClientMetadata Metadata { get; init; }

    /// <summary>Increases with each change that matters to authorization servers: of two versions, the higher one is newer.</summary>
    public long Revision { get; init; }

    /// <summary>When the client registered.</summary>
    public DateTimeOffset IssueTime { get; init; }

    /// <summary>When the client last changed.</summary>
    public DateTimeOffset UpdateTime { get; init; }

    /// <summary>Whether the client has a secret.</summary>
    public bool HasSecret { get; init; }

    /// <summary>When the client secret expires. Null when there is none, or when it does not expire.</summary>
    public DateTimeOffset? SecretExpireTime { get; init; }

    /// <summary>
    /// True when the metadata is self-asserted: no trusted issuer confirms it (RFC 7591 section 5). An authorization server must not
    /// redirect to such a client without interaction with the user (RFC 9700 section 4.11.2).
    /// </summary>
    public bool SelfAsserted { get; init; }

    /// <summary>The <c>iss</c> of the software statement of the client. Null without one.</summary>
    public string? StatementIssuer { get; init; }

    /// <summary>Who is responsible for the client. Null when none is recorded.</summary>
    public string? Owner { get; init; }

    internal static RegisteredClient From(Directory.V1.Client message) => new()
    {
        ClientId = message.ClientId,
        State = message.State,
        PublicReason = message.HasPublicReason ? message.PublicReason : null,
        Metadata = new RegisteredClientMetadata(message.Metadata ?? new ClientMetadata()),
        Revision = message.Revision,
        IssueTime = message.IssueTime?.ToDateTimeOffset() ?? default,
        UpdateTime = message.UpdateTime?.ToDateTimeOffset() ?? default,
        HasSecret = message.HasSecret,
        SecretExpireTime = message.SecretExpireTime?.ToDateTimeOffset(),
        SelfAsserted = message.SelfAsserted,
        StatementIssuer = message.HasStatementIssuer ? message.StatementIssuer : null,
        Owner = message.HasOwner ? message.Owner : null,
    };
}
