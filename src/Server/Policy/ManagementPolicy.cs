namespace GrpcDcr.Server.Policy;

/// <summary>When a client gets a new registration access token.</summary>
internal enum RegistrationAccessTokenRotation
{
    /// <summary>The token stays the same for the life of the client.</summary>
    Never = 0,

    /// <summary>Each update answers with a new one.</summary>
    OnUpdate = 1,

    /// <summary>Each read and each update answers with a new one.</summary>
    OnReadAndUpdate = 2,
}

/// <summary>When an update by the client gets it a new secret.</summary>
internal enum SecretRotation
{
    /// <summary>Only administrators replace secrets.</summary>
    Never = 0,

    /// <summary>Once the secret has expired or is in the last fifth of its life.</summary>
    WhenExpiring = 1,

    /// <summary>With every update.</summary>
    OnUpdate = 2,
}

/// <summary>What happens to an update that widens what an approved client may do.</summary>
internal enum WideningUpdates
{
    /// <summary>It waits for an administrator's approval.</summary>
    Pending = 0,

    /// <summary>It is refused.</summary>
    Refuse = 1,
}
