using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>
/// Pages of clients, for every engine: an engine finds candidates by its indexes, in the order of the page, and here they are compared with
/// the filter. A page token is the last identifier that was examined.
/// </summary>
internal static class ClientListing
{
    /// <summary>Entries examined for one page. A page that is not full then has a token to go on with.</summary>
    public const int MaxExamined = 20_000;

    /// <summary>Candidates that are read at once if some may not match.</summary>
    private const int Slice = 500;

    /// <param name="filter">Which clients.</param>
    /// <param name="page">Which page.</param>
    /// <param name="next">Finds the next candidates.</param>
    /// <param name="cancellationToken">Stops between candidates.</param>
    public static async ValueTask<Page<RegisteredClient>> ReadAsync(
        ClientFilter filter,
        PageRequest page,
        Func<ClientQuery, CancellationToken, ValueTask<ClientCandidates>> next,
        CancellationToken cancellationToken)
    {
        var (matches, size, examined) = (new List<RegisteredClient>(), page.ClampedSize, 0);
        var range = page.Token is { } token
            ? filter.Range.After(ClientIdRange.NumberOf(ClientId.FromBytes(token.Bytes.Span)), page.Order)
            : filter.Range;
        var query = new ClientQuery(range, page.Order, ListedState.Of(filter), ClientTags.Of(filter), ClientTags.NameOf(filter), Limit: 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = size + 1 - matches.Count;
            var limit = filter.IsIndexed ? wanted : Math.Max(wanted, Slice);
            var found = query.Range.IsEmpty ? ClientCandidates.None : await next(query with { Limit = limit }, cancellationToken);
            matches.AddRange(found.Clients.Where(filter.Matches).Take(wanted));
            if (matches.Count > size)
            {
                matches.RemoveAt(size);
                return new Page<RegisteredClient>(matches, new PageToken(matches[^1].Id.ToBytes()));
            }

            if (found.Last is not { } last)
            {
                return new Page<RegisteredClient>(matches, null);
            }

            examined += found.Examined;
            if (examined >= MaxExamined)
            {
                return new Page<RegisteredClient>(matches, new PageToken(ClientIdRange.IdOf(last).ToByteArray(bigEndian: true)));
            }

            query = query with { Range = query.Range.After(last, query.Order) };
        }
    }
}

/// <summary>What an engine looks for.</summary>
/// <param name="Range">Where the identifiers lie.</param>
/// <param name="Order">In which order.</param>
/// <param name="States">Those of <see cref="ListedState"/>; <see langword="null"/> for all.</param>
/// <param name="Tags">The <see cref="ClientTags"/> that a client must have.</param>
/// <param name="Name">A part of the name in the form of <see cref="ClientTags"/>; <see langword="null"/> for any name.</param>
/// <param name="Limit">How many candidates at the most.</param>
internal sealed record ClientQuery(
    ClientIdRange Range, ListOrder Order, IReadOnlyList<byte>? States, IReadOnlyList<uint> Tags, byte[]? Name, int Limit);

/// <summary>Clients that may match, in order. All that lie before <paramref name="Last"/> and are not among them do not match.</summary>
/// <param name="Clients">The candidates.</param>
/// <param name="Examined">Entries that were examined to find them.</param>
/// <param name="Last">The last identifier that was examined; <see langword="null"/> if nothing is left.</param>
internal sealed record ClientCandidates(IReadOnlyList<RegisteredClient> Clients, int Examined, UInt128? Last)
{
    public static ClientCandidates None { get; } = new([], 0, null);
}
