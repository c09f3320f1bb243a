using GrpcDcr.Server.Model;
namespace GrpcDcr.Server.Storage.LiteDb;
internal static class LiteDbExtensions
{
    public static void AddLiteDbStore(this IServiceCollection s, string path, int cache) => s.AddSingleton<IRegistrationStore, Interim>();
}
internal sealed class Interim : IRegistrationStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<ClientId, RegisteredClient> clients = [];
    private readonly List<AuditEvent> events = [];
    public ValueTask OpenAsync(CancellationToken c) => default;
    public ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken c) { lock (gate) { return new(clients.GetValueOrDefault(id)); } }
    public ValueTask<Page<RegisteredClient>> ListAsync(ClientState? state, PageRequest page, CancellationToken c) { lock (gate) {
        var after = page.Token is { } t ? ClientId.FromBytes(t.Bytes.Span) : default;
        var all = clients.Values.Where(x => x.Id > after && (state is null || x.State == state)).Take(page.ClampedSize + 1).ToList();
        var items = all.Take(page.ClampedSize).ToList();
        return new(new Page<RegisteredClient>(items, all.Count > items.Count ? new PageToken(items[^1].Id.ToBytes()) : null)); } }
    public ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter f, PageRequest page, CancellationToken c) { lock (gate) {
        return new(new Page<AuditEvent>([.. events.Where(e => (f.ClientId is null || e.ClientId == f.ClientId) && (f.Type is null || e.Type == f.Type)).Take(page.ClampedSize)], null)); } }
    private void Put(AuditEvent e) => events.Add(e with { Sequence = events.Count + 1 });
    public ValueTask<AddOutcome> AddAsync(RegisteredClient x, AuditEvent e, CancellationToken c) { lock (gate) { if (!clients.TryAdd(x.Id, x)) return new(AddOutcome.ClientIdTaken); Put(e); return new(AddOutcome.Added); } }
    public ValueTask<ReplaceOutcome> ReplaceAsync(RegisteredClient n, long v, AuditEvent e, CancellationToken c) { lock (gate) { if (!clients.TryGetValue(n.Id, out var o)) return new(ReplaceOutcome.NotFound); if (o.Version != v) return new(ReplaceOutcome.VersionConflict); clients[n.Id] = n; Put(e); return new(ReplaceOutcome.Replaced); } }
    public ValueTask<RemoveOutcome> RemoveAsync(ClientId id, long v, AuditEvent e, CancellationToken c) { lock (gate) { if (!clients.TryGetValue(id, out var o)) return new(RemoveOutcome.NotFound); if (o.Version != v) return new(RemoveOutcome.VersionConflict); clients.Remove(id); Put(e); return new(RemoveOutcome.Removed); } }
    public ValueTask RecordAsync(AuditEvent e, CancellationToken c) { lock (gate) { Put(e); } return default; }
    public ValueTask<StoreHealth> CheckAsync(CancellationToken c) => new(new StoreHealth(true));
    public ValueTask<BackupOutcome> BackUpAsync(string name, CancellationToken c) => new(new BackupOutcome(BackupResult.NotSupported));
    public ValueTask DisposeAsync() => default;
}
