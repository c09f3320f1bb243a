using System.Text.Json;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Audit;

/// <summary>The audit events of registration and management.</summary>
internal static class RegistrationEvents
{
    public static AuditEvent Registered(RegisteredClient client, Caller caller) =>
        Of(AuditEventType.ClientRegistered, client.Id, client.IssuedAt, caller) with { Detail = DetailOf(client) };

    /// <summary>Names every member that changed, with its values before and after.</summary>
    public static AuditEvent Updated(RegisteredClient before, RegisteredClient after, Caller caller)
    {
        var detail = new EventDetail();
        detail.Add("client_status", ClientStates.NameOf(after.State));
        foreach (var change in MemberDifference.Between(before.Metadata, after.Metadata).Where(change => IsForTheLog(change.Member)))
        {
            detail.Add(change.Member, $"{change.Before ?? "absent"} -> {change.After ?? "absent"}");
        }

        return Of(AuditEventType.ClientUpdated, after.Id, after.UpdatedAt, caller) with { Detail = detail.Members };
    }

    public static AuditEvent TokenRotated(RegisteredClient client, Caller caller) =>
        Of(AuditEventType.RegistrationAccessTokenRotated, client.Id, client.UpdatedAt, caller);

    /// <param name="type">What happened.</param>
    /// <param name="clientId">To whom; <see langword="null"/> when to no client.</param>
    /// <param name="time">When.</param>
    /// <param name="caller">By whom.</param>
    public static AuditEvent Of(AuditEventType type, ClientId? clientId, DateTimeOffset time, Caller caller) => new()
    {
        Time = time,
        Type = type,
        Actor = caller.Actor,
        ClientId = clientId,
        SourceAddress = caller.SourceAddress,
        RequestId = caller.RequestId,
    };

    private static IReadOnlyDictionary<string, string> DetailOf(RegisteredClient client)
    {
        var detail = new EventDetail();
        detail.Add("admitted_by", client.AdmittedBy);
        detail.Add("client_status", ClientStates.NameOf(client.State));
        detail.Add("initial_access_token_id", client.InitialAccessTokenId?.ToString());
        detail.Add("owner", client.Constraints?.Owner);
        detail.Add("statement_issuer", client.SoftwareStatementIssuer);
        foreach (var (name, value) in client.Metadata.Named())
        {
            if (IsForTheLog(name))
            {
                detail.Add(name, Plain(value));
            }
        }

        return detail.Members;
    }

    private static bool IsForTheLog(string name) => MetadataMembers.Find(name) is not { IsAudited: false };

    /// <summary>A value for a reader: a string as it is, a list with spaces between its entries.</summary>
    private static string Plain(object value) => value switch
    {
        string text => text,
        string[] texts => string.Join(' ', texts),
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        _ => MemberJson.ToJson(value),
    };
}
