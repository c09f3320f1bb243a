namespace GrpcDcr.Client;

/// <summary>How to reach a GrpcDcr service in a role.</summary>
public abstract class GrpcDcrRoleOptions : GrpcDcrClientOptions
{
    private protected GrpcDcrRoleOptions(TimeSpan deadline)
        : base(deadline)
    {
    }

    /// <summary>The token to present as <c>authorization: Bearer</c>. Absent means that no token is sent.</summary>
    public string? Token { get; set; }

    /// <summary>
    /// Returns the token for each call, for tokens that change. Cache the token, because every call waits for it. Absent means
    /// <see cref="Token"/>. Not together with it.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    internal override (string Setting, string? Value) Credential => (nameof(Token), Token);

    internal override (string Setting, Func<CancellationToken, ValueTask<string>>? Value) CredentialProvider =>
        (nameof(TokenProvider), TokenProvider);
}
