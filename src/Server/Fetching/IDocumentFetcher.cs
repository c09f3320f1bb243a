namespace GrpcDcr.Server.Fetching;

/// <summary>The only component that fetches URIs chosen by others (RFC 7591 section 5: prevents server-side request forgery).</summary>
internal interface IDocumentFetcher
{
    /// <summary>Gets a JSON document by one GET, or from the cache. Throws only for the cancellation of the caller.</summary>
    ValueTask<FetchedDocument> FetchAsync(string uri, CancellationToken cancellationToken);

    /// <summary>Marks a cached document as invalid. It then counts as a failure, so that the URI is fetched again soon.</summary>
    /// <param name="uri">The URI of the document.</param>
    /// <param name="document">The document, as it was fetched.</param>
    /// <param name="problem">As <see cref="FetchedDocument.Problem"/>.</param>
    void Reject(string uri, FetchedDocument document, string problem);
}

/// <summary>A document, or the reason why there is none. Exactly one of the two is present.</summary>
/// <param name="Bytes">The body, never empty if there is a document. It is shared by all callers and must not be changed.</param>
/// <param name="Problem">What went wrong, worded to follow the name of the member in a sentence. Printable ASCII.</param>
internal sealed record FetchedDocument(ReadOnlyMemory<byte> Bytes, string? Problem)
{
    /// <summary>For how long its server lets others cache it (RFC 9111 section 5.2.2); <see langword="null"/> if it does not say.</summary>
    public TimeSpan? MaxAge { get; init; }

    public static FetchedDocument Failed(string problem) => new(default, problem);
}
