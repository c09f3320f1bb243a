using System.Buffers.Binary;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Storage.Tests.Reference;

/// <summary>The contract in its plainest form: a sorted dictionary, a list and a lock. Every engine must answer as it does.</summary>
internal sealed class MemoryStore(MemoryHome home) : IRegistrationStore
{
    private const int MaxRecordBytes = 64 * 1024;

    private bool open;

    public ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        lock (home)
        {
            if (home.InUse)
            {
                throw new StorageException(StorageFailure.InUse, "In use.");
            }

            home.InUse = open = true;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        Ask(() => home.Clients.GetValueOrDefault(id), cancellationToken);

    public ValueTask<Page<RegisteredClient>> ListAsync(ClientState? state, PageRequest page, CancellationToken cancellationToken) =>
        Ask(() =>
        {
            var after = page.Token is { } token ? ClientId.FromBytes(token.Bytes.Span) : default;
            var found = home.Clients.Values.Where(c => c.Id > after && (state is null || c.State == state));
            return PageOf(found, page.ClampedSize, c => c.Id.ToBytes());
        }, cancellationToken);

    public ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        Ask(() =>
        {
            var after = page.Token is { } token ? BinaryPrimitives.ReadInt64BigEndian(token.Bytes.Span) : 0;
            var found = home.Events.Where(e => e.Sequence > after
                && (filter.ClientId is null || e.ClientId == filter.ClientId)
                && (filter.Type is null || e.Type == filter.Type)
                && (filter.From is null || e.Time >= filter.From)
                && (filter.Until is null || e.Time < filter.Until));
            return PageOf(found, page.ClampedSize, e => BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(e.Sequence)));
        }, cancellationToken);

    public ValueTask<AddOutcome> AddAsync(RegisteredClient client, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(client.Version == 1, client, auditEvent);
        return Ask(() =>
        {
            if (home.Clients.TryGetValue(client.Id, out var known))
            {
                var same = ClientRecord.Encode(known).AsSpan().SequenceEqual(ClientRecord.Encode(client));
                return same ? AddOutcome.Added : AddOutcome.ClientIdTaken;
            }

            home.Clients.Add(client.Id, client);
            Record(auditEvent);
            return AddOutcome.Added;
        }, cancellationToken);
    }

    public ValueTask<ReplaceOutcome> ReplaceAsync(
        RegisteredClient next, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(next.Version == expectedVersion + 1, next, auditEvent);
        return Ask(() =>
        {
            if (!home.Clients.TryGetValue(next.Id, out var known))
            {
                return ReplaceOutcome.NotFound;
            }

            if (known.Version != expectedVersion)
            {
                return ReplaceOutcome.VersionConflict;
            }

            home.Clients[next.Id] = next;
            Record(auditEvent);
            return ReplaceOutcome.Replaced;
        }, cancellationToken);
    }

    public ValueTask<RemoveOutcome> RemoveAsync(
        ClientId id, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, null, auditEvent);
        return Ask(() =>
        {
            if (!home.Clients.TryGetValue(id, out var known))
            {
                return RemoveOutcome.NotFound;
            }

            if (known.Version != expectedVersion)
            {
                return RemoveOutcome.VersionConflict;
            }

            home.Clients.Remove(id);
            Record(auditEvent);
            return RemoveOutcome.Removed;
        }, cancellationToken);
    }

    public async ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, null, auditEvent);
        await Ask(() =>
        {
            Record(auditEvent);
            return true;
        }, cancellationToken);
    }

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(open ? new StoreHealth(true) : new StoreHealth(false, "Not open."));

    public ValueTask<BackupOutcome> BackUpAsync(string name, CancellationToken cancellationToken) =>
        Ask(() => new BackupOutcome(BackupResult.NotSupported), cancellationToken);

    public ValueTask DisposeAsync()
    {
        lock (home)
        {
            home.InUse &= !open;
            open = false;
        }

        return ValueTask.CompletedTask;
    }

    private static Page<T> PageOf<T>(IEnumerable<T> found, int size, Func<T, byte[]> key)
    {
        var items = found.Take(size + 1).ToList();
        return items.Count <= size ? new(items, null) : new(items[..size], new PageToken(key(items[size - 1])));
    }

    private static void MustBe(bool versionFollows, RegisteredClient? client, AuditEvent auditEvent)
    {
        var recordBytes = client is null ? 0 : ClientRecord.Encode(client).Length;
        if (!versionFollows || recordBytes > MaxRecordBytes || AuditRecord.Encode(auditEvent).Length > MaxRecordBytes)
        {
            throw new ArgumentException("Not to be asked.");
        }
    }

    private void Record(AuditEvent auditEvent) => home.Events.Add(auditEvent with { Sequence = home.Events.Count + 1 });

    private ValueTask<T> Ask<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (home)
        {
            return open
                ? ValueTask.FromResult(work())
                : throw new StorageException(StorageFailure.Unavailable, "Not open.");
        }
    }
}
