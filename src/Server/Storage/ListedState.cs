using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>
/// The number by which engines list clients: one for each state, and another one for the state with a pending update. The numbers are
/// stored and never change their meaning.
/// </summary>
internal static class ListedState
{
    private const byte WithUpdate = 10;

    /// <summary>The numbers are below this.</summary>
    public const int End = 20;

    public static byte Of(RegisteredClient client) =>
        (byte)((int)client.State + (client.PendingUpdate is null ? 0 : WithUpdate));

    /// <summary>The numbers that a filter asks for; <see langword="null"/> for all.</summary>
    public static IReadOnlyList<byte>? Of(ClientFilter filter) =>
        filter is { State: null, AwaitingApproval: false, HasPendingUpdate: null } ? null :
    [
        .. Enum.GetValues<ClientState>()
            .Where(state => filter.State is not { } wanted || state == wanted)
            .SelectMany(state => new[] { (byte)state, (byte)((int)state + WithUpdate) })
            .Where(number => !filter.AwaitingApproval || number == (int)ClientState.Pending || number > WithUpdate)
            .Where(number => filter.HasPendingUpdate is not { } pending || number > WithUpdate == pending),
    ];

    /// <param name="counts">How many clients have each number.</param>
    /// <param name="oldestPending">What <see cref="OldestPending"/> finds.</param>
    public static ClientCounts CountsOf(IReadOnlyDictionary<byte, long> counts, ClientCandidates oldestPending)
    {
        var updates = counts.Where(count => count.Key > WithUpdate).Sum(count => count.Value);
        return new ClientCounts(
            counts.GroupBy(count => (ClientState)(count.Key % WithUpdate)).ToDictionary(each => each.Key, each => each.Sum(c => c.Value)),
            updates,
            updates + counts.GetValueOrDefault((byte)ClientState.Pending),
            oldestPending.Clients is [var oldest, ..] ? oldest.IssuedAt : null);
    }

    /// <summary>Asks for the oldest pending client.</summary>
    public static ClientQuery OldestPending { get; } =
        new(ClientIdRange.All, ListOrder.OldestFirst, Of(new ClientFilter(ClientState.Pending)), [], null, Limit: 1);
}
