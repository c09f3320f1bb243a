using System.Diagnostics.CodeAnalysis;

namespace GrpcDcr.Server.Fetching;

/// <summary>A cache of fetched documents; the oldest are removed beyond its capacity. Not thread-safe.</summary>
/// <param name="capacity">In documents.</param>
/// <param name="lifetime">The longest time that a document is cached. Zero disables the cache.</param>
/// <param name="time">The clock.</param>
internal sealed class DocumentCache(int capacity, TimeSpan lifetime, TimeProvider time)
{
    private readonly Dictionary<string, Entry> _documents = new(StringComparer.Ordinal);

    /// <summary>The same, oldest first.</summary>
    private readonly Queue<(string Uri, long Since)> _order = new();

    public bool TryGet(string uri, [NotNullWhen(true)] out FetchedDocument? document)
    {
        Forget();
        var isCached = _documents.TryGetValue(uri, out var entry) && time.GetElapsedTime(entry.Since) < entry.Lifetime;
        document = isCached ? entry.Document : null;
        return document is not null;
    }

    /// <summary>Adds a document if the URI is not cached yet.</summary>
    /// <param name="uri">The URI of the document.</param>
    /// <param name="document">The document.</param>
    /// <param name="shorter">How long it is cached, if shorter than the lifetime of the cache; <see langword="null"/> if not.</param>
    public void Put(string uri, FetchedDocument document, TimeSpan? shorter = null)
    {
        if (!TryGet(uri, out _))
        {
            var entry = new Entry(document, time.GetTimestamp(), shorter < lifetime ? shorter.Value : lifetime);
            _documents[uri] = entry;
            _order.Enqueue((uri, entry.Since));
            Forget();
        }
    }

    /// <summary>Removes a document early, unless another one has replaced it.</summary>
    public void Remove(string uri, FetchedDocument document)
    {
        if (ReferenceEquals(_documents.GetValueOrDefault(uri).Document, document))
        {
            _documents.Remove(uri);
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > capacity || time.GetElapsedTime(oldest.Since) >= lifetime))
        {
            _order.Dequeue();
            if (_documents.GetValueOrDefault(oldest.Uri).Since == oldest.Since)
            {
                _documents.Remove(oldest.Uri);
            }
        }
    }

    private readonly record struct Entry(FetchedDocument Document, long Since, TimeSpan Lifetime);
}
