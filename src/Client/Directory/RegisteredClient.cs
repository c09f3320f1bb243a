using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>A client as authorization servers see it. Immutable; it never holds a credential.</summary>
public sealed record RegisteredClient
{
    /// <summary>The <c>client_id</c> of OAuth.</summary>
    public required string ClientId { get; init; }

    /// <summary>Where the client stands. Only an <see cref="ClientState.Active"/> client may be used.</summary>
    public required ClientState State { get; init; }

    /// <summary>Why the client is not active, in words for its users. Null when an administrator gave none.</summary>
    public string? PublicReason { get; init; }

    /// <summary>The effective metadata: the approved version while an update waits for approval.</summary>
    public required RegisteredClientMetadata Metadata { get; init; }

    /// <summary>Rises with each change that an authorization server acts on: of two versions the higher one is the later one.</summary>
    public long Revision { get; init; }

    /// <summary>When the client registered.</summary>
    public DateTimeOffset IssueTime { get; init; }

    /// <summary>When the client last changed.</summary>
    public DateTimeOffset UpdateTime { get; init; }

    /// <summary>Whether the client has a secret.</summary>
    public bool HasSecret { get; init; }

    /// <summary>When the client secret stops working. Null when there is none, or one that does not expire.</summary>
    public DateTimeOffset? SecretExpireTime { get; init; }

    /// <summary>
    /// True when nobody but the client itself vouches for the metadata (RFC 7591 section 5): an authorization server must not redirect to
    /// it without the user's doing (RFC 9700 section 4.11.2).
    /// </summary>
    public bool SelfAsserted { get; init; }

    /// <summary>The <c>iss</c> of the software statement that vouches for the client. Null without one.</summary>
    public string? StatementIssuer { get; init; }

    /// <summary>Who answers for the client. Null when nobody is named.</summary>
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
