namespace GrpcDcr.Server.Model;

/// <summary>
/// Limits of a registration that come from its initial access token or from the issuer of its software statement. They stay with the client
/// and apply to its updates too. They can only narrow what policy allows.
/// </summary>
internal sealed record RegistrationConstraints
{
    /// <summary>The allowed scope values; <see langword="null"/> for all that policy allows.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The allowed grants; <see langword="null"/> for all that policy allows.</summary>
    public IReadOnlyList<string>? GrantTypes { get; init; }

    /// <summary>
    /// The hosts that redirect URIs may have, as patterns (<c>app.example</c>, <c>*.app.example</c>); <see langword="null"/> for all that
    /// policy allows.
    /// </summary>
    public IReadOnlyList<string>? RedirectHosts { get; init; }

    /// <summary>The only allowed <c>software_id</c> (RFC 7591 section 5); <see langword="null"/> for no restriction.</summary>
    public string? SoftwareId { get; init; }

    /// <summary>Whether a client within the constraints becomes active at once, whatever policy says about approval.</summary>
    public bool AutomaticApproval { get; init; }

    /// <summary>Who is responsible for the client, a label for administrators; <see langword="null"/> for none.</summary>
    public string? Owner { get; init; }
}
