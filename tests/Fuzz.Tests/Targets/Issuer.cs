using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Syntax;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>A verifier that trusts one issuer, and writes every line of its log.</summary>
internal sealed class Issuer : ILogger<SoftwareStatementVerifier>, IDocumentFetcher
{
    public const string Name = "https://issuer.example";

    /// <summary>The <c>software_id</c> that is not approved.</summary>
    public const string Denied = "denied";

    /// <summary>A member of the deployment's own.</summary>
    public const string OwnMember = "x_tenant";

    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly SoftwareStatementVerifier _verifier;

    /// <param name="jwks">Its public keys.</param>
    /// <param name="change">What is not default about it.</param>
    public Issuer(string jwks, Action<SoftwareStatementIssuerOptions>? change = null)
    {
        var options = new SoftwareStatementIssuerOptions { Issuer = Name, Jwks = jwks, DeniedSoftware = Denied };
        change?.Invoke(options);
        Assert.Equal([], SoftwareStatementIssuerOptionsValidator.Validate("one", options));
        _verifier = new SoftwareStatementVerifier(
            [options], new SoftwareStatementOptions(), ["https://as.example"], new AllowedValues(
                [OwnMember], StringComparer.Ordinal), this, Time, this);
    }

    /// <summary>The verdict, of which a refusal is fit for callers.</summary>
    public SoftwareStatementVerdict Validate(string statement)
    {
        var verifying = _verifier.VerifyAsync(statement, CancellationToken.None).AsTask();
        Assert.True(verifying.IsCompletedSuccessfully, "It did not end at once.");
        if (verifying.Result is SoftwareStatementVerdict.Refused refused)
        {
            Refusals.CheckSentence(refused.Description);
        }

        return verifying.Result;
    }

    /// <summary>The statement as that of a registered client; <see langword="null"/> if it cannot be.</summary>
    public VerifiedSoftwareStatement? ReadRegistered(string statement)
    {
        var verifying = _verifier.VerifyRegisteredAsync(statement, CancellationToken.None).AsTask();
        Assert.True(verifying.IsCompletedSuccessfully, "It did not end at once.");
        return (verifying.Result as SoftwareStatementVerdict.Verified)?.Statement;
    }

    ValueTask<FetchedDocument> IDocumentFetcher.FetchAsync(string uri, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing is to be fetched.");

    void IDocumentFetcher.Reject(string uri, FetchedDocument document, string problem) =>
        throw new InvalidOperationException("Nothing was fetched.");

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    /// <summary>One line, whatever the statement says (CWE-117).</summary>
    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Assert.DoesNotContain(formatter(state, exception), character => character is < ' ' or > '~');
}
