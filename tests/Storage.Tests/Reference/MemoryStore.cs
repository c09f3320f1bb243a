using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Encoding;
using static GrpcDcr.Storage.Tests.Reference.MemoryRules;

namespace GrpcDcr.Storage.Tests.Reference;

/// <summary>The contract in its plainest form: a sorted dictionary, a list and a lock. Every engine must answer as it does.</summary>
internal sealed partial class MemoryStore(MemoryHome home) : IRegistrationStore
{
    private bool _open;

    public ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        lock (home)
        {
            if (home.InUse)
            {
                throw new StorageException(StorageFailure.InUse, "In use.");
            }

            home.InUse = _open = true;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        Ask(() => home.Clients.GetValueOrDefault(id), cancellationToken);

    public RegisteredClient? FindCached(ClientId id) => null;

    public ValueTask<InitialAccessToken?> FindInitialAccessTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken) =>
        Ask(() => home.Tokens.GetValueOrDefault(id), cancellationToken);

    public ValueTask<Page<InitialAccessToken>> ListInitialAccessTokensAsync(PageRequest page, CancellationToken cancellationToken) =>
        Ask(() =>
        {
            var after = page.Token is { } token ? InitialAccessTokenId.FromBytes(token.Bytes.Span) : default;
            return PageOf(home.Tokens.Values.Where(t => t.Id > after), page.ClampedSize, t => t.Id.ToBytes());
        }, cancellationToken);

    public ValueTask<OneTimeUse?> FindOneTimeUseAsync(SecretHash key, CancellationToken cancellationToken) =>
        Ask(() => home.Uses.GetValueOrDefault(KeyOf(key)), cancellationToken);

    public ValueTask<RegistrationStatus> GetRegistrationStatusAsync(CancellationToken cancellationToken) =>
        Ask(() => home.Status, cancellationToken);

    public ValueTask<AddOutcome> AddAsync(
        RegisteredClient client, ConsumedCredentials spending, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(client.Version == 1, ClientRecord.Encode(client), auditEvent);
        return Ask(() =>
        {
            if (home.Clients.TryGetValue(client.Id, out var known))
            {
                var same = ClientRecord.Encode(known).AsSpan().SequenceEqual(ClientRecord.Encode(client));
                return same ? AddOutcome.Added : AddOutcome.ClientIdTaken;
            }

            if (IsUsed(spending.Request))
            {
                return AddOutcome.RequestRepeated;
            }

            var token = spending.InitialAccessTokenId is { } id ? home.Tokens.GetValueOrDefault(id) : null;
            if (spending.InitialAccessTokenId is not null && token?.IsUsable(client.IssuedAt) != true)
            {
                return AddOutcome.InitialAccessTokenSpent;
            }

            if (IsUsed(spending.SoftwareStatement))
            {
                return AddOutcome.SoftwareStatementReplayed;
            }

            if (token is not null)
            {
                home.Tokens[token.Id] = token with { Uses = token.Uses + 1, LastUsedAt = client.IssuedAt };
            }

            home.Clients.Add(client.Id, client);
            Record(auditEvent, spending.SoftwareStatement, spending.Request);
            return AddOutcome.Added;
        }, cancellationToken);
    }

    public ValueTask<ReplaceOutcome> ReplaceAsync(
        RegisteredClient next, long expectedVersion, OneTimeUse? use, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(next.Version == expectedVersion + 1, ClientRecord.Encode(next), auditEvent);
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

            if (IsUsed(use))
            {
                return use!.Result is null ? ReplaceOutcome.SoftwareStatementReplayed : ReplaceOutcome.RequestRepeated;
            }

            home.Clients[next.Id] = next;
            Record(auditEvent, use);
            return ReplaceOutcome.Replaced;
        }, cancellationToken);
    }

    public ValueTask<RemoveOutcome> RemoveAsync(
        ClientId id, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, [], auditEvent);
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

    public async ValueTask<IssueOutcome> AddInitialAccessTokenAsync(
        InitialAccessToken token, OneTimeUse? request, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, InitialAccessTokenRecord.Encode(token), auditEvent);
        return await Ask(() =>
        {
            MustBe(!home.Tokens.ContainsKey(token.Id), [], auditEvent);
            if (IsUsed(request))
            {
                return IssueOutcome.RequestRepeated;
            }

            home.Tokens.Add(token.Id, token);
            Record(auditEvent, request);
            return IssueOutcome.Issued;
        }, cancellationToken);
    }

    public ValueTask<RevokeOutcome> RevokeInitialAccessTokenAsync(
        InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, [], auditEvent);
        return Ask(() =>
        {
            if (!home.Tokens.TryGetValue(id, out var known))
            {
                return RevokeOutcome.NotFound;
            }

            if (known.RevokedAt is not null)
            {
                return RevokeOutcome.AlreadyRevoked;
            }

            home.Tokens[id] = known with { RevokedAt = revokedAt };
            Record(auditEvent);
            return RevokeOutcome.Revoked;
        }, cancellationToken);
    }

    public async ValueTask SetRegistrationStatusAsync(RegistrationStatus next, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, RegistrationStatusRecord.Encode(next), auditEvent);
        await Ask(() =>
        {
            home.Status = next with { BlockRules = home.Status.BlockRules };
            return Record(auditEvent);
        }, cancellationToken);
    }

    public async ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, [], auditEvent);
        await Ask(() => Record(auditEvent), cancellationToken);
    }

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_open ? StoreHealth.Good : new StoreHealth(false, "Not open."));

    public bool CanBackUp => false;

    public ValueTask<BackupOutcome> BackUpAsync(string name, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        Ask(() => new BackupOutcome(BackupResult.NotSupported), cancellationToken);

    public ValueTask DisposeAsync()
    {
        lock (home)
        {
            home.InUse &= !_open;
            _open = false;
        }

        return ValueTask.CompletedTask;
    }

    private bool IsUsed(OneTimeUse? use) => use is not null && home.Uses.ContainsKey(KeyOf(use.Key));

    private bool Record(AuditEvent auditEvent, params OneTimeUse?[] uses)
    {
        home.Events.Add(auditEvent with { Sequence = home.Events.Count + 1 });
        return uses.OfType<OneTimeUse>().All(use => home.Uses.TryAdd(KeyOf(use.Key), use));
    }

    private ValueTask<T> Ask<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (home)
        {
            return _open ? ValueTask.FromResult(work()) : throw new StorageException(StorageFailure.Unavailable, "Not open.");
        }
    }
}
