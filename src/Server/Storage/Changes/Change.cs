using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>A change on its way to the disk: its effects, which all happen or none, and its audit event.</summary>
internal sealed class Change
{
    private readonly TaskCompletionSource<Ending> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IEffect> effects;

    private Change(AuditEvent? auditEvent, params List<IEffect> effects)
    {
        this.effects = effects;
        Event = auditEvent is null ? null : EncodedEvent.Of(auditEvent);
    }

    /// <summary>Its audit event; <see langword="null"/> for what is only put where it was in another store.</summary>
    public EncodedEvent? Event { get; }

    /// <summary>The client that it replaces or removes, and that others may remember as it was; <see langword="null"/> for none.</summary>
    public ClientId? Outdates { get; private init; }

    /// <summary>Whether it turns the switch of registration.</summary>
    public bool TurnsSwitch { get; private init; }

    /// <summary>Completes when the change is durable, or did not happen.</summary>
    public Task<Ending> Ended => ending.Task;

    public static Change Adding(RegisteredClient client, Spending spending, AuditEvent auditEvent)
    {
        var change = new Change(auditEvent, new AddClient(client));
        if (spending.Token is { } token)
        {
            change.effects.Add(new SpendToken(token, client.IssuedAt));
        }

        return change.Using(spending.Statement);
    }

    public static Change Replacing(RegisteredClient next, long expectedVersion, StatementUse? statement, AuditEvent auditEvent) =>
        new Change(auditEvent, new ReplaceClient(next, expectedVersion)) { Outdates = next.Id }.Using(statement);

    public static Change Removing(ClientId id, long expectedVersion, AuditEvent auditEvent) =>
        new(auditEvent, new RemoveClient(id, expectedVersion)) { Outdates = id };

    public static Change AddingToken(InitialAccessToken token, AuditEvent auditEvent) => new(auditEvent, new AddToken(token));

    public static Change RevokingToken(InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent) =>
        new(auditEvent, new RevokeToken(id, revokedAt));

    public static Change Turning(RegistrationSwitch next, AuditEvent auditEvent) =>
        new(auditEvent, new TurnSwitch(next)) { TurnsSwitch = true };

    public static Change Recording(AuditEvent auditEvent) => new(auditEvent);

    /// <summary>Puts something where it was in another store.</summary>
    public static Change Placing(ArchivedItem item) => item switch
    {
        ArchivedItem.Event recorded => new Change(recorded.Value, new FollowSequence(recorded.Value.Sequence)),
        ArchivedItem.Client client => new Change(null, new PlaceClient(client.Value)),
        ArchivedItem.Token token => new Change(null, new PlaceToken(token.Value)),
        ArchivedItem.Statement statement => new Change(null, new PlaceStatement(statement.Value)),
        ArchivedItem.Switch turned => new Change(null, new TurnSwitch(turned.Value)) { TurnsSwitch = true },
        _ => throw new ArgumentException($"{item} is not kept in stores.", nameof(item)),
    };

    /// <summary>Judges its effects in order, and lets them happen if all may.</summary>
    /// <returns>How the first that may not ends; <see cref="Ending.Done"/> when it happens.</returns>
    public Ending Judge(Draft draft)
    {
        foreach (var effect in effects)
        {
            if (effect.Judge(draft) is not Ending.Done and var refusal)
            {
                return refusal;
            }
        }

        effects.ForEach(e => e.Happen(draft));
        if (Event is not null)
        {
            draft.Record();
        }

        return Ending.Done;
    }

    public void Need(Needed needed) => effects.ForEach(e => e.Need(needed));

    public void End(Ending how) => ending.TrySetResult(how);

    public void Fail(StorageException cause) => ending.TrySetException(new StorageException(cause.Failure, cause.Message, cause));

    private Change Using(StatementUse? statement)
    {
        if (statement is not null)
        {
            effects.Add(new UseStatement(statement));
        }

        return this;
    }
}
