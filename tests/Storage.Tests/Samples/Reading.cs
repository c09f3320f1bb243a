using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Storage.Tests.Samples;

/// <summary>Asks a store for everything, page by page.</summary>
internal static class Reading
{
    public static ValueTask<AddOutcome> AddAsync(this IRegistrationStore store, RegisteredClient client) =>
        store.AddAsync(client, new ConsumedCredentials(), client.Event(), CancellationToken.None);

    public static ValueTask<ReplaceOutcome> ReplaceAsync(this IRegistrationStore store, RegisteredClient next) =>
        store.ReplaceAsync(next, next.Version - 1, null, next.Event(), CancellationToken.None);

    public static ValueTask<RemoveOutcome> RemoveAsync(this IRegistrationStore store, ClientId id, long expectedVersion) =>
        store.RemoveAsync(id, expectedVersion, Sample.Event(id, AuditEventType.ClientDeleted, 0), CancellationToken.None);

    public static ValueTask<AddOutcome> AddAsync(this IRegistrationStore store, RegisteredClient client, ConsumedCredentials spending) =>
        store.AddAsync(client, spending, client.Event(), CancellationToken.None);

    public static ValueTask<ReplaceOutcome> ReplaceAsync(this IRegistrationStore store, RegisteredClient next, OneTimeUse statement) =>
        store.ReplaceAsync(next, next.Version - 1, statement, next.Event(), CancellationToken.None);

    public static ValueTask<IssueOutcome> AddInitialAccessTokenAsync(
        this IRegistrationStore store, InitialAccessToken token, OneTimeUse? request = null) =>
        store.AddInitialAccessTokenAsync(token, request, Sample.Event(token.Id), CancellationToken.None);

    public static ValueTask<RevokeOutcome> RevokeInitialAccessTokenAsync(
        this IRegistrationStore store, InitialAccessTokenId id, DateTimeOffset? revokedAt = null) => store.RevokeInitialAccessTokenAsync(
            id, revokedAt ?? Sample.Start.AddHours(1), Sample.Event(id, AuditEventType.InitialAccessTokenRevoked), CancellationToken.None);

    public static ValueTask SetRegistrationStatusAsync(this IRegistrationStore store, RegistrationStatus next) =>
        store.SetRegistrationStatusAsync(
        next, Sample.Event(type: AuditEventType.RegistrationClosed), CancellationToken.None);

    public static ValueTask<AddBlockRuleOutcome> AddBlockRuleAsync(this IRegistrationStore store, BlockRule rule) =>
        store.AddBlockRuleAsync(rule, Sample.Event(type: AuditEventType.BlockRuleCreated), CancellationToken.None);

    public static ValueTask<RemoveOutcome> RemoveBlockRuleAsync(this IRegistrationStore store, Guid id) =>
        store.RemoveBlockRuleAsync(id, Sample.Event(type: AuditEventType.BlockRuleDeleted), CancellationToken.None);

    public static ValueTask RecordAsync(this IRegistrationStore store, AuditEvent auditEvent) =>
        store.RecordAsync(auditEvent, CancellationToken.None);

    public static ValueTask<RegisteredClient?> FindAsync(this IClientReader store, ClientId id) =>
        store.FindAsync(id, CancellationToken.None);

    public static ValueTask<InitialAccessToken?> FindInitialAccessTokenAsync(this IClientReader store, InitialAccessTokenId id) =>
        store.FindInitialAccessTokenAsync(id, CancellationToken.None);

    public static ValueTask<RegistrationStatus> GetRegistrationStatusAsync(this IClientReader store) =>
        store.GetRegistrationStatusAsync(CancellationToken.None);

    public static Task<List<InitialAccessToken>> InitialAccessTokensAsync(this IClientReader store, int size = PageRequest.MaxSize) =>
        WalkAsync(token => store.ListInitialAccessTokensAsync(new PageRequest(size, token), CancellationToken.None), size);

    public static ValueTask<Page<RegisteredClient>> ListAsync(
        this IClientReader store, ClientState? state, int size, PageToken? token = null) =>
        store.ListAsync(new ClientFilter(state), new PageRequest(size, token), CancellationToken.None);

    public static ValueTask<Page<AuditEvent>> AuditPageAsync(
        this IClientReader store, AuditFilter filter, int size, PageToken? token = null, ListOrder order = ListOrder.OldestFirst) =>
        store.ListAuditEventsAsync(filter, new PageRequest(size, token, order), CancellationToken.None);

    public static Task<List<RegisteredClient>> AllAsync(
        this IClientReader store, ClientFilter filter, int size, ListOrder order = ListOrder.OldestFirst) =>
        WalkAsync(token => store.ListAsync(filter, new PageRequest(size, token, order), CancellationToken.None), size);

    public static Task<List<RegisteredClient>> AllAsync(
        this IClientReader store, ClientState? state = null, int size = PageRequest.MaxSize) =>
        WalkAsync(token => store.ListAsync(state, size, token), size);

    public static Task<List<AuditEvent>> AuditAsync(
        this IClientReader store, AuditFilter? filter = null, int size = PageRequest.MaxSize, ListOrder order = ListOrder.OldestFirst) =>
        WalkAsync(token => store.AuditPageAsync(filter ?? new AuditFilter(), size, token, order), size);

    private static async Task<List<T>> WalkAsync<T>(Func<PageToken?, ValueTask<Page<T>>> read, int size)
    {
        var all = new List<T>();
        PageToken? token = null;
        do
        {
            var page = await read(token);
            Assert.True(page.Items.Count <= size);
            all.AddRange(page.Items);
            token = page.NextToken;
        }
        while (token is not null);
        return all;
    }
}
