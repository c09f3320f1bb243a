namespace GrpcDcr.Client;

/// <summary>How to reach a GrpcDcr service in a role that the service gives by a token or a client certificate.</summary>
public abstract class GrpcDcrRoleOptions : GrpcDcrClientOptions
{
    private protected GrpcDcrRoleOptions(TimeSpan deadline)
        : base(deadline)
    {
    }

    /// <summary>The token to present as <c>authorization: Bearer</c>. Absent where a certificate says who is calling.</summary>
    public string? Token { get; set; }

    /// <summary>
    /// Gives the token for each call, for tokens that change: cache it, since every call waits for it. Absent means
    /// <see cref="Token"/>. Not together with it.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    internal override (string Setting, string? Value) Credential => (nameof(Token), Token);

    internal override (string Setting, Func<CancellationToken, ValueTask<string>>? Value) CredentialProvider =>
        (nameof(TokenProvider), TokenProvider);
}
