using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Audit;

/// <summary>Creates audit events.</summary>
internal static class AuditEvents
{
    public static AuditEvent Registered(RegisteredClient client, Caller caller) =>
        Of(AuditEventType.ClientRegistered, client.Id, client.IssuedAt, caller, client.Revision, Of(client));

    /// <summary>How a client began.</summary>
    public static AuditDetail Of(RegisteredClient client) => new AuditDetail.ClientRegistered(
        client.State,
        client.AdmittedBy,
        client.InitialAccessTokenId,
        client.SoftwareStatementIssuer,
        client.Constraints?.Owner,
        AuditedMembersBuilder.Of(client.Metadata));

    /// <summary>Lists every member that the client changed, with its values before and after.</summary>
    public static AuditEvent Updated(RegisteredClient before, RegisteredClient after, Caller caller) =>
        Changed(
            AuditEventType.ClientUpdated, before, after, caller, new AuditDetail.ClientUpdated(
                after.State, after.PendingUpdate is not null, AuditedMembersBuilder.Of(before.Latest, after.Latest)));

    public static AuditDetail Annotated(RegisteredClient before, RegisteredClient after) => new AuditDetail.ClientUpdated(
        after.State, AwaitingApproval: false, AuditedMembersBuilder.OfAnnotations(before, after));

    public static AuditEvent TokenRotated(RegisteredClient before, RegisteredClient after, Caller caller) =>
        Changed(AuditEventType.RegistrationAccessTokenRotated, before, after, caller);

    public static AuditEvent Removed(AuditEventType type, RegisteredClient client, DateTimeOffset time, Caller caller) =>
        Of(type, client.Id, time, caller, client.Revision + 1);

    public static AuditDetail Of(InitialAccessToken token) =>
        new AuditDetail.OfInitialAccessToken(token.Id, token.Label, token.ExpiresAt, token.MaxUses, token.Constraints);

    /// <summary>The revision for the event of a change; <see langword="null"/> if authorization servers see no change.</summary>
    public static long? RevisionAfter(RegisteredClient before, RegisteredClient after) =>
        after.Revision == before.Revision ? null : after.Revision;

    /// <param name="type">What happened.</param>
    /// <param name="clientId">The client; <see langword="null"/> if the event is about none.</param>
    /// <param name="time">When.</param>
    /// <param name="caller">By whom.</param>
    /// <param name="revision">The revision after it; <see langword="null"/> if authorization servers see no change.</param>
    /// <param name="detail">What else it tells; <see langword="null"/> for nothing.</param>
    public static AuditEvent Of(
        AuditEventType type, ClientId? clientId, DateTimeOffset time, Caller caller, long? revision = null, AuditDetail? detail = null) =>
        new()
        {
            Time = time,
            Type = type,
            Actor = caller.Actor,
            ClientId = clientId,
            ClientRevision = revision,
            SourceAddress = caller.SourceAddress,
            CorrelationId = caller.RequestId,
            Detail = detail,
        };

    private static AuditEvent Changed(
        AuditEventType type, RegisteredClient before, RegisteredClient after, Caller caller, AuditDetail? detail = null) =>
        Of(type, after.Id, after.UpdatedAt, caller, RevisionAfter(before, after), detail);
}
