using System.Diagnostics.Metrics;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Audit;

/// <summary>The metrics of the service, in the meter <c>GrpcDcr</c>.</summary>
internal sealed class RegistrationMetrics
{
    public const string MeterName = "GrpcDcr";

    private readonly Counter<long> _registrations;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _roleTokens;
    private readonly Counter<long> _authentications;

    public RegistrationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _registrations = meter.CreateCounter<long>("grpcdcr.registrations", description: "Clients registered, by state and admission.");
        _refusals = meter.CreateCounter<long>("grpcdcr.refusals", description: "Registrations refused, by error.");
        _roleTokens = meter.CreateCounter<long>("grpcdcr.role_token_refusals", description: "Wrong role tokens, by error.");
        _authentications = meter.CreateCounter<long>("grpcdcr.authentications", description: "Client authentications, by result.");
    }

    public void Registered(RegisteredClient client) => _registrations.Add(
        1, new("client_status", ClientStates.NameOf(client.State)), new("admitted_by", client.AdmittedBy));

    /// <param name="type">What was refused: registrations, or role tokens.</param>
    /// <param name="error">The OAuth error, or the reason where there is none.</param>
    public void Refused(AuditEventType type, string error) =>
        (type == AuditEventType.RoleTokenRefused ? _roleTokens : _refusals).Add(1, new KeyValuePair<string, object?>("error", error));

    public void Authenticated(bool succeeded) => _authentications.Add(1, new KeyValuePair<string, object?>("succeeded", succeeded));
}
