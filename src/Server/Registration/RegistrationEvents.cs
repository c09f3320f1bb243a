using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Server.Registration;

/// <summary>The audit events of registration and management.</summary>
internal static class RegistrationEvents
{
    /// <summary>Longest value kept in <see cref="AuditEvent.Detail"/>, in characters; the client's record has the whole.</summary>
    private const int MaxDetailLength = 2_000;

    /// <summary>Longest detail of one event as a whole, in characters. Members that have no room are counted.</summary>
    private const int MaxDetailTotal = 16_000;

    private const string Omitted = "further_members";

    public static AuditEvent Registered(RegisteredClient client, Caller caller) =>
        Of(AuditEventType.ClientRegistered, client.Id, client.IssuedAt, caller) with { Detail = DetailOf(client) };

    /// <summary>Names every member that changed, with its values before and after.</summary>
    public static AuditEvent Updated(RegisteredClient before, RegisteredClient after, Caller caller)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["client_status"] = ClientStates.WireNameOf(after.State) };
        foreach (var change in MetadataMembers.Differences(before.Metadata, after.Metadata).Where(change => IsForTheLog(change.Member)))
        {
            Add(detail, change.Member, $"{change.Before ?? "absent"} -> {change.After ?? "absent"}");
        }

        return Of(AuditEventType.ClientUpdated, after.Id, after.UpdatedAt, caller) with { Detail = detail };
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

    private static Dictionary<string, string> DetailOf(RegisteredClient client)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["admitted_by"] = client.AdmittedBy,
            ["client_status"] = ClientStates.WireNameOf(client.State),
        };
        if (client.AdmittedWith is { } token)
        {
            detail["initial_access_token_id"] = token.ToString();
        }

        Add(detail, "owner", client.Ceiling?.Owner);
        Add(detail, "statement_issuer", client.StatementIssuer);
        foreach (var member in MetadataMembers.Of(client.Metadata).Where(member => IsForTheLog(member.Name)))
        {
            Add(detail, member.Name, member.Plain);
        }

        return detail;
    }

    /// <summary>Not <c>contacts</c>, which are personal data (RFC 7591 section 6), nor key material and signed documents.</summary>
    private static bool IsForTheLog(string member) =>
        member is not (MemberNames.Contacts or MemberNames.Jwks or MemberNames.SoftwareStatement);

    private static void Add(Dictionary<string, string> detail, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        var kept = value.Length <= MaxDetailLength ? value : value[..MaxDetailLength];
        if (detail.Sum(entry => entry.Key.Length + entry.Value.Length) + name.Length + kept.Length <= MaxDetailTotal)
        {
            detail[name] = kept;
        }
        else
        {
            var omitted = detail.TryGetValue(Omitted, out var count) ? int.Parse(count, CultureInfo.InvariantCulture) : 0;
            detail[Omitted] = (omitted + 1).ToString(CultureInfo.InvariantCulture);
        }
    }
}
