using System.Diagnostics.CodeAnalysis;

namespace GrpcDcr.Server.Fetching;

/// <summary>What fetches came to, each for the same time; beyond its capacity the oldest go. For one thread at a time.</summary>
/// <param name="capacity">In documents.</param>
/// <param name="lifetime">Zero: nothing is kept.</param>
/// <param name="time">Where the time is taken from.</param>
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

    /// <summary>Keeps a document that is not there yet.</summary>
    public void Put(string uri, FetchedDocument document)
    {
        if (_documents.TryAdd(uri, document))
        {
            _order.Enqueue((uri, time.GetTimestamp()));
            Forget();
        }
    }

    /// <summary>Forgets a document before its time, unless there is another one in its place.</summary>
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
