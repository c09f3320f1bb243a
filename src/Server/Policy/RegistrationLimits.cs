namespace GrpcDcr.Server.Policy;

/// <summary>The size limits of a registration; the units are those of <see cref="RegistrationOptions"/>.</summary>
internal sealed class RegistrationLimits(RegistrationOptions options)
{
    public int RedirectUris { get; } = options.MaxRedirectUris;

    public int RedirectUriLength { get; } = options.MaxRedirectUriLength;

    public int TextLength { get; } = options.MaxTextLength;

    public int UriLength { get; } = options.MaxUriLength;

    public int ScopeLength { get; } = options.MaxScopeLength;

    public int ListLength { get; } = options.MaxListLength;

    public int Contacts { get; } = options.MaxContacts;

    public int Localized { get; } = options.MaxLocalized;

    public int JwksKeys { get; } = options.MaxJwksKeys;

    public int JwksLength { get; } = options.MaxJwksLength;

    public int ExtensionLength { get; } = options.MaxExtensionLength;
}
