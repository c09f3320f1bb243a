using System.Text;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Syntax;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// The metadata and keys of the issuer of JWTs, fetched by the guarded fetcher. They are renewed in the background every hour, and when a
/// JWT names a key that is not known. While the issuer does not answer, its last keys are used for a day.
/// </summary>
internal sealed partial class JwtIssuerKeys(
    JwtTrust trust,
    [FromKeyedServices(FetchingExtensions.ForJwtIssuer)] IDocumentFetcher fetcher,
    TimeProvider time,
    ILogger<JwtIssuerKeys> logger)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>How long to wait after a failure while no keys are known.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait after a fetch before a JWT with an unknown key causes another: anybody can send such a JWT.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>How long keys are used at the most.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private volatile Known? _known;
    private Task _flight = Task.CompletedTask;
    private DateTimeOffset _tried = DateTimeOffset.MinValue;

    /// <summary>Whether keys are available. A key that is not known is looked for first.</summary>
    /// <param name="keyId">The <c>kid</c> of a JWT; empty if it has none.</param>
    /// <param name="cancellationToken">Stops waiting, not the fetch.</param>
    public async ValueTask<bool> PrepareAsync(string keyId, CancellationToken cancellationToken)
    {
        var known = Usable();
        if (known is null || !known.Has(keyId))
        {
            await Refresh(known is null ? RetryAfter : Pace).WaitAsync(cancellationToken);
        }
        else if (known.Time + Lifetime <= time.GetUtcNow())
        {
            _ = Refresh(Pace);
        }

        return Usable() is not null;
    }

    /// <summary>What is known; call it after <see cref="PrepareAsync"/>.</summary>
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => Task.FromResult(
        Usable()?.Metadata ?? throw new InvalidOperationException("The keys of the issuer of JWTs are not available."));

    /// <summary>Keys are renewed when they are prepared.</summary>
    public void RequestRefresh()
    {
    }

    private Known? Usable() => _known is { } known && known.Time + MaxAge > time.GetUtcNow() ? known : null;

    /// <summary>All callers share one fetch.</summary>
    private Task Refresh(TimeSpan pace)
    {
        lock (_gate)
        {
            if (_flight.IsCompleted && _tried + pace <= time.GetUtcNow())
            {
                _tried = time.GetUtcNow();
                _flight = Task.Run(FetchAsync);
            }

            return _flight;
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            var metadata = OpenIdConnectConfiguration.Create(await TextOfAsync(trust.MetadataAddress));
            CheckIssuer(metadata.Issuer);
            var keys = new JsonWebKeySet(await TextOfAsync(metadata.JwksUri ?? "")).Keys.Where(IsForSignatures).ToList();
            keys.ForEach(metadata.SigningKeys.Add);
            _known = keys.Count > 0
                ? new Known(metadata, [.. keys.Select(key => key.KeyId ?? "")], time.GetUtcNow())
                : throw new FetchFault("has no key for signatures", "no RSA key of 2048 bits or more, and no EC key");
        }
        catch (Exception e)
        {
            LogUnavailable(trust.Name, e is FetchFault fault ? fault.Problem : "is not a document of an issuer", Excerpt.Of(e.Message));
        }
    }

    private async Task<string> TextOfAsync(string uri)
    {
        var document = await fetcher.FetchAsync(uri, CancellationToken.None);
        return document.Problem is { } problem
            ? throw new FetchFault(problem, Excerpt.Of(uri))
            : Encoding.UTF8.GetString(document.Bytes.Span);
    }

    /// <summary>RFC 8414 section 3.3: otherwise one issuer could speak for another.</summary>
    private void CheckIssuer(string? issuer)
    {
        if (string.IsNullOrEmpty(issuer) || (trust.Issuer is { } expected && issuer.TrimEnd('/') != expected.TrimEnd('/')))
        {
            throw new FetchFault("names another issuer than the configuration", Excerpt.Of(issuer));
        }
    }

    private static bool IsForSignatures(JsonWebKey key) =>
        key.Use is null or "" or JsonWebKeyUseNames.Sig
        && (key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve || (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize >= 2048));

    [LoggerMessage(3011, LogLevel.Warning,
        "JWT_ISSUER_UNAVAILABLE {Issuer}: its metadata or keys could not be read ({Problem}: {Cause}). JWTs are refused while no keys are "
        + "known; configured tokens work")]
    private partial void LogUnavailable(string issuer, string problem, string cause);

    /// <param name="Metadata">The metadata with the keys.</param>
    /// <param name="KeyIds">The identifiers of the keys.</param>
    /// <param name="Time">When they were fetched.</param>
    private sealed record Known(OpenIdConnectConfiguration Metadata, HashSet<string> KeyIds, DateTimeOffset Time)
    {
        public bool Has(string keyId) => keyId.Length == 0 || KeyIds.Contains(keyId);
    }
}
