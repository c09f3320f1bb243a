using System.Diagnostics.CodeAnalysis;

namespace GrpcDcr.Server.Fetching;

/// <summary>A cache of fetched documents, each for the same time; the oldest are removed beyond its capacity. Not thread-safe.</summary>
/// <param name="capacity">In documents.</param>
/// <param name="lifetime">Zero disables the cache.</param>
/// <param name="time">The clock.</param>
internal sealed class DocumentCache(int capacity, TimeSpan lifetime, TimeProvider time)
{
    private readonly Dictionary<string, FetchedDocument> _documents = new(StringComparer.Ordinal);

    /// <summary>The same, oldest first.</summary>
    private readonly Queue<(string Uri, long Since)> _order = new();

    public bool TryGet(string uri, [NotNullWhen(true)] out FetchedDocument? document)
    {
        Forget();
        return _documents.TryGetValue(uri, out document);
    }

    /// <summary>Adds a document if the URI is not cached yet.</summary>
    public void Put(string uri, FetchedDocument document)
    {
        if (_documents.TryAdd(uri, document))
        {
            _order.Enqueue((uri, time.GetTimestamp()));
            Forget();
        }
    }

    /// <summary>Removes a document early, unless another one has replaced it.</summary>
    public void Remove(string uri, FetchedDocument document)
    {
        if (ReferenceEquals(_documents.GetValueOrDefault(uri), document))
        {
            _documents.Remove(uri);
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > capacity || time.GetElapsedTime(oldest.Since) >= lifetime))
        {
            _order.Dequeue();
            _documents.Remove(oldest.Uri);
        }
    }
}
