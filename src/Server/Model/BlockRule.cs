namespace GrpcDcr.Server.Model;

/// <summary>A rule of an administrator that refuses or holds registrations and updates. Times are in whole milliseconds, UTC.</summary>
/// <param name="Id">A UUID of version 7. It is not a secret.</param>
/// <param name="Subject">What it looks at.</param>
/// <param name="Value">The host, identifier, name or network, as an administrator reads it.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Reason">The reason, for administrators.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">The name of the administrator who created it.</param>
/// <param name="ExpiresAt">When it stops; <see langword="null"/> means never.</param>
internal sealed record BlockRule(
    Guid Id,
    BlockSubject Subject,
    string Value,
    BlockEffect Effect,
    string Reason,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt = null)
{
    public bool IsInEffect(DateTimeOffset now) => ExpiresAt is not { } end || now < end;
}

/// <summary>What a block rule looks at. The numbers are stored and never change their meaning.</summary>
internal enum BlockSubject
{
    /// <summary>The targets of redirect URIs.</summary>
    RedirectHost = 1,

    /// <summary>The <c>software_id</c>.</summary>
    SoftwareId,

    /// <summary>The <c>client_name</c> in any language and any look-alike spelling.</summary>
    ClientName,

    /// <summary>The network that the call comes from.</summary>
    SourceNetwork,

    /// <summary>The hosts of documents that the client names.</summary>
    DocumentHost,
}

/// <summary>What a block rule does. The numbers are stored and never change their meaning.</summary>
internal enum BlockEffect
{
    /// <summary>The call is refused.</summary>
    Refuse = 1,

    /// <summary>The client, or its widening update, waits for approval.</summary>
    Hold,
}
