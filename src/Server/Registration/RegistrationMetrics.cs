using System.Diagnostics.Metrics;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Registration;

/// <summary>What the service counts, under the meter <c>GrpcDcr</c>.</summary>
internal sealed class RegistrationMetrics
{
    public const string MeterName = "GrpcDcr";

    private readonly Counter<long> registrations;
    private readonly Counter<long> refusals;
    private readonly Counter<long> authentications;

    public RegistrationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        registrations = meter.CreateCounter<long>("grpcdcr.registrations", description: "Clients registered, by state and admission.");
        refusals = meter.CreateCounter<long>("grpcdcr.refusals", description: "Registrations refused, by error.");
        authentications = meter.CreateCounter<long>("grpcdcr.authentications", description: "Client authentications, by result.");
    }

    public void Registered(RegisteredClient client) => registrations.Add(
        1, new("client_status", ClientStates.WireNameOf(client.State)), new("admitted_by", client.AdmittedBy));

    public void Refused(string error) => refusals.Add(1, new KeyValuePair<string, object?>("error", error));

    public void Authenticated(bool succeeded) => authentications.Add(1, new KeyValuePair<string, object?>("succeeded", succeeded));
}
