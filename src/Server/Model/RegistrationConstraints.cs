namespace GrpcDcr.Server.Model;

/// <summary>
/// The most that a registration may hold because of what admitted it: an initial access token or the issuer of a software statement.
/// It stays with the client, so that an update is validated by it too. It only narrows what policy allows.
/// </summary>
internal sealed record RegistrationConstraints
{
    /// <summary>The scope values allowed; <see langword="null"/> for all that policy allows.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The grants allowed; <see langword="null"/> for all that policy allows.</summary>
    public IReadOnlyList<string>? GrantTypes { get; init; }

    /// <summary>
    /// The hosts that redirect URIs may have, as patterns (<c>app.example</c>, <c>*.app.example</c>); <see langword="null"/> for all that
    /// policy allows.
    /// </summary>
    public IReadOnlyList<string>? RedirectHosts { get; init; }

    /// <summary>The one <c>software_id</c> allowed (RFC 7591 section 5); <see langword="null"/> for any or none.</summary>
    public string? SoftwareId { get; init; }

    /// <summary>Whether a client within the constraints is active at once, whatever policy says of approval.</summary>
    public bool AutomaticApproval { get; init; }

    /// <summary>Who answers for the client, a label for administrators; <see langword="null"/> when nobody is named.</summary>
    public string? Owner { get; init; }
}
