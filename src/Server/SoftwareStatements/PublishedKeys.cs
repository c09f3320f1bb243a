using GrpcDcr.Server.Fetching;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// Keys that an issuer publishes at its configured <c>jwks_uri</c>. The fetcher caches the document; this class caches its keys until the
/// document changes.
/// </summary>
internal sealed partial class PublishedKeys(string uri, IDocumentFetcher fetcher, ILogger logger) : IIssuerKeys
{
    private const string NotKeys = "is not a JWK Set (RFC 7517 section 5)";

    private volatile Known? _known;

    public async ValueTask<IssuerKeySet?> ReadAsync(CancellationToken cancellationToken)
    {
        var document = await fetcher.FetchAsync(uri, cancellationToken);
        if (document.Problem is { } problem)
        {
            LogUnreadable(uri, problem);
            return null;
        }

        if (_known is not { } last || !last.Document.Span.SequenceEqual(document.Bytes.Span))
        {
            _known = last = new Known(document.Bytes, IssuerKeySet.Read(document.Bytes.Span));
            LogFaults(last.Keys);
        }

        if (last.Keys is null)
        {
            LogUnreadable(uri, NotKeys);
            fetcher.Reject(uri, document, NotKeys);
        }

        return last.Keys;
    }

    private void LogFaults(IssuerKeySet? keys)
    {
        if (keys?.Faults.Count > 0)
        {
            LogPassedOver(uri, string.Join("; ", keys.Faults));
        }
    }

    [LoggerMessage(2043, LogLevel.Warning, "STATEMENT_KEYS_UNAVAILABLE {JwksUri} {Problem}")]
    private partial void LogUnreadable(string jwksUri, string problem);

    [LoggerMessage(2044, LogLevel.Warning, "Ignored keys of {JwksUri}: {Faults}")]
    private partial void LogPassedOver(string jwksUri, string faults);

    /// <param name="Document">The document that was read last.</param>
    /// <param name="Keys">Its keys; <see langword="null"/> if it is not a JWK Set.</param>
    private sealed record Known(ReadOnlyMemory<byte> Document, IssuerKeySet? Keys);
}
