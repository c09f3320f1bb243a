using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>A change: its mutations, of which all happen or none, and its audit event.</summary>
internal sealed class Change
{
    private readonly TaskCompletionSource<ChangeOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IMutation> _mutations;

    private Change(AuditEvent? auditEvent, params List<IMutation> mutations)
    {
        _mutations = mutations;
        Event = auditEvent is null ? null : EncodedAuditEvent.Of(auditEvent);
    }

    /// <summary>Its audit event; <see langword="null"/> for an import.</summary>
    public EncodedAuditEvent? Event { get; }

    /// <summary>The size of its records and of its audit event.</summary>
    public int Bytes => (Event?.Bytes.Length ?? 0) + _mutations.Sum(mutation => mutation.Bytes);

    /// <summary>The client that it replaces or removes, so that caches must drop it; <see langword="null"/> for none.</summary>
    public ClientId? Invalidates { get; private init; }

    /// <summary>Whether it sets the registration status.</summary>
    public bool SetsRegistrationStatus { get; private init; }

    /// <summary>Whether the history of the store is another one from here on, so that caches must drop everything.</summary>
    public bool StartsTimeline { get; private init; }

    /// <summary>Completes when the change is durable, or did not happen.</summary>
    public Task<ChangeOutcome> Outcome => _completion.Task;

    public static Change Adding(RegisteredClient client, ConsumedCredentials consumed, AuditEvent auditEvent)
    {
        var change = new Change(auditEvent, new AddClient(client)).Using(consumed.Request);
        if (consumed.InitialAccessTokenId is { } token)
        {
            change._mutations.Add(new ConsumeInitialAccessToken(token, client.IssuedAt));
        }

        return change.Using(consumed.SoftwareStatement);
    }

    public static Change Replacing(
        RegisteredClient next, long expectedVersion, OneTimeUse? use, AuditEvent auditEvent) =>
        new Change(auditEvent, new ReplaceClient(next, expectedVersion)) { Invalidates = next.Id }.Using(use);

    public static Change Removing(ClientId id, long expectedVersion, AuditEvent auditEvent) =>
        new(auditEvent, new RemoveClient(id, expectedVersion)) { Invalidates = id };

    public static Change AddingInitialAccessToken(InitialAccessToken token, OneTimeUse? request, AuditEvent auditEvent) =>
        new Change(auditEvent, new AddInitialAccessToken(token)).Using(request);

    public static Change RevokingInitialAccessToken(InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent) =>
        new(auditEvent, new RevokeInitialAccessToken(id, revokedAt));

    public static Change SettingRegistrationStatus(RegistrationStatus next, AuditEvent auditEvent) =>
        new(auditEvent, new SetRegistrationStatus(next)) { SetsRegistrationStatus = true };

    public static Change AddingBlockRule(BlockRule rule, AuditEvent auditEvent) =>
        new(auditEvent, new AddBlockRule(rule)) { SetsRegistrationStatus = true };

    public static Change RemovingBlockRule(Guid id, AuditEvent auditEvent) =>
        new(auditEvent, new RemoveBlockRule(id)) { SetsRegistrationStatus = true };

    public static Change Recording(AuditEvent auditEvent) => new(auditEvent);

    /// <summary>Stores something as it was in another store.</summary>
    public static Change Importing(ArchivedItem item) => item switch
    {
        ArchivedAuditEvent recorded => new Change(recorded.Value, new ImportAuditEvent(recorded.Value.Sequence)),
        ArchivedClient client => new Change(null, new ImportClient(client.Value)),
        ArchivedInitialAccessToken token => new Change(null, new ImportInitialAccessToken(token.Value)),
        ArchivedOneTimeUse use => new Change(null, new ImportOneTimeUse(use.Value)),
        ArchivedRegistrationStatus status =>
            new Change(null, new ImportRegistrationStatus(status.Value)) { SetsRegistrationStatus = true, StartsTimeline = true },
        _ => throw new ArgumentException($"{item} cannot be imported.", nameof(item)),
    };

    /// <summary>Checks its mutations in order, and applies them if all may happen.</summary>
    /// <returns>The outcome of the first one that may not happen; <see cref="ChangeOutcome.Done"/> when all were applied.</returns>
    public ChangeOutcome Apply(WriteBatch writes)
    {
        foreach (var mutation in _mutations)
        {
            if (mutation.Check(writes) is not ChangeOutcome.Done and var refusal)
            {
                return refusal;
            }
        }

        _mutations.ForEach(m => m.Apply(writes));
        if (Event is not null)
        {
            writes.CountEvent();
        }

        return ChangeOutcome.Done;
    }

    public void AddReads(ReadSet reads) => _mutations.ForEach(m => m.AddReads(reads));

    public void Complete(ChangeOutcome outcome) => _completion.TrySetResult(outcome);

    public void Fail(StorageException cause) => _completion.TrySetException(new StorageException(cause.Failure, cause.Message, cause));

    private Change Using(OneTimeUse? use)
    {
        if (use is not null)
        {
            _mutations.Add(new UseOnce(use));
        }

        return this;
    }
}
