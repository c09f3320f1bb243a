using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>A change on its way to the disk: its mutations, which all happen or none, and its audit event.</summary>
internal sealed class Change
{
    private readonly TaskCompletionSource<ChangeOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IMutation> _mutations;

    private Change(AuditEvent? auditEvent, params List<IMutation> mutations)
    {
        _mutations = mutations;
        Event = auditEvent is null ? null : EncodedAuditEvent.Of(auditEvent);
    }

    /// <summary>Its audit event; <see langword="null"/> for what is only put where it was in another store.</summary>
    public EncodedAuditEvent? Event { get; }

    /// <summary>The client that it replaces or removes, and that others may remember as it was; <see langword="null"/> for none.</summary>
    public ClientId? Invalidates { get; private init; }

    /// <summary>Whether it turns the switch of registration.</summary>
    public bool SetsRegistrationStatus { get; private init; }

    /// <summary>Completes when the change is durable, or did not happen.</summary>
    public Task<ChangeOutcome> Outcome => _completion.Task;

    public static Change Adding(RegisteredClient client, ConsumedCredentials consumed, AuditEvent auditEvent)
    {
        var change = new Change(auditEvent, new AddClient(client));
        if (consumed.InitialAccessTokenId is { } token)
        {
            change._mutations.Add(new ConsumeInitialAccessToken(token, client.IssuedAt));
        }

        return change.Using(consumed.SoftwareStatement);
    }

    public static Change Replacing(RegisteredClient next, long expectedVersion, SoftwareStatementUse? statement, AuditEvent auditEvent) =>
        new Change(auditEvent, new ReplaceClient(next, expectedVersion)) { Invalidates = next.Id }.Using(statement);

    public static Change Removing(ClientId id, long expectedVersion, AuditEvent auditEvent) =>
        new(auditEvent, new RemoveClient(id, expectedVersion)) { Invalidates = id };

    public static Change AddingInitialAccessToken(InitialAccessToken token, AuditEvent auditEvent) => new(auditEvent, new AddInitialAccessToken(token));

    public static Change RevokingInitialAccessToken(InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent) =>
        new(auditEvent, new RevokeInitialAccessToken(id, revokedAt));

    public static Change SettingRegistrationStatus(RegistrationStatus next, AuditEvent auditEvent) =>
        new(auditEvent, new SetRegistrationStatus(next)) { SetsRegistrationStatus = true };

    public static Change Recording(AuditEvent auditEvent) => new(auditEvent);

    /// <summary>Puts something where it was in another store.</summary>
    public static Change Importing(ArchivedItem item) => item switch
    {
        ArchivedItem.Event recorded => new Change(recorded.Value, new ImportAuditEvent(recorded.Value.Sequence)),
        ArchivedItem.Client client => new Change(null, new ImportClient(client.Value)),
        ArchivedItem.IssuedToken token => new Change(null, new ImportInitialAccessToken(token.Value)),
        ArchivedItem.ConsumedStatement statement => new Change(null, new ImportSoftwareStatement(statement.Value)),
        ArchivedItem.Status turned => new Change(null, new SetRegistrationStatus(turned.Value)) { SetsRegistrationStatus = true },
        _ => throw new ArgumentException($"{item} is not kept in stores.", nameof(item)),
    };

    /// <summary>Checks its mutations in order, and lets them happen if all may.</summary>
    /// <returns>How the first that may not ends; <see cref="ChangeOutcome.Done"/> when it happens.</returns>
    public ChangeOutcome Apply(WriteBatch writes)
    {
        foreach (var mutation in _mutations)
        {
            if (mutation.Check(writes) is not ChangeOutcome.Done and var refusal)
            {
                return refusal;
            }
        }

        _mutations.ForEach(e => e.Apply(writes));
        if (Event is not null)
        {
            writes.CountEvent();
        }

        return ChangeOutcome.Done;
    }

    public void AddReads(ReadSet reads) => _mutations.ForEach(e => e.AddReads(reads));

    public void Complete(ChangeOutcome how) => _completion.TrySetResult(how);

    public void Fail(StorageException cause) => _completion.TrySetException(new StorageException(cause.Failure, cause.Message, cause));

    private Change Using(SoftwareStatementUse? statement)
    {
        if (statement is not null)
        {
            _mutations.Add(new ConsumeSoftwareStatement(statement));
        }

        return this;
    }
}
