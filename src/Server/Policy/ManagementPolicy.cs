namespace GrpcDcr.Server.Policy;

/// <summary>When a client gets a new registration access token.</summary>
internal enum RegistrationAccessTokenRotation
{
    /// <summary>The token never changes.</summary>
    Never = 0,

    /// <summary>Each update issues a new token.</summary>
    OnUpdate = 1,

    /// <summary>Each read and each update issues a new token.</summary>
    OnReadAndUpdate = 2,
}

/// <summary>When a client gets a new secret with its update.</summary>
internal enum SecretRotation
{
    /// <summary>Only administrators replace secrets.</summary>
    Never = 0,

    /// <summary>When the secret has expired or is in the last fifth of its lifetime.</summary>
    WhenExpiring = 1,

    /// <summary>With every update.</summary>
    OnUpdate = 2,
}

/// <summary>What happens to an update that widens what was approved.</summary>
internal enum WideningUpdates
{
    /// <summary>It waits for an administrator's approval.</summary>
    Pending = 0,

    /// <summary>It is refused.</summary>
    Refuse = 1,

    /// <summary>It waits, and the approved redirect URIs stay effective even if the update no longer has them.</summary>
    KeepRedirects = 2,
}
