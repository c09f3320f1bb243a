namespace GrpcDcr.Server.Fetching;

/// <summary>
/// The only way that this service follows a URI that somebody else chose (RFC 7591 section 5: it must not be made to reach places
/// for others).
/// </summary>
internal interface IDocumentFetcher
{
    /// <summary>Gets one JSON document by one GET, or from memory. Never throws but for the caller's own cancellation.</summary>
    ValueTask<FetchedDocument> FetchAsync(string uri, CancellationToken cancellationToken);

    /// <summary>
    /// Says that a document is not what it should be. It counts as a failure from now on: the URI is soon asked again, and not only when a
    /// document would be.
    /// </summary>
    /// <param name="uri">Where it was.</param>
    /// <param name="document">The document, as it was fetched.</param>
    /// <param name="problem">As <see cref="FetchedDocument.Problem"/>.</param>
    void Reject(string uri, FetchedDocument document, string problem);
}

/// <summary>A document, or why there is none. Exactly one of the two is there.</summary>
/// <param name="Bytes">The body as it came, never empty when there is a document. Shared by all who ask: not to be changed.</param>
/// <param name="Problem">What went wrong, worded to follow the name of the member in a sentence. Printable ASCII.</param>
internal sealed record FetchedDocument(ReadOnlyMemory<byte> Bytes, string? Problem)
{
    public static FetchedDocument Failed(string problem) => new(default, problem);
}
