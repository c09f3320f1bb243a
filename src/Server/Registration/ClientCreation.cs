using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Registration;

/// <summary>Clients that administrators create. They are active at once: who creates them has decided.</summary>
internal sealed class ClientCreation(
    IRegistrationStore store,
    RegistrationValidator validator,
    NewClients clients,
    IssuingRequests requests,
    AuditedAct audited,
    ServiceMetrics metrics)
{
    private const int MaxOwnerLength = 200;

    /// <param name="asked">The document.</param>
    /// <param name="owner">Who is responsible for the client; <see langword="null"/> for nobody.</param>
    /// <param name="request">Actor, reason and <c>request_id</c>.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="RegistrationRefusedException">The document was refused; only the refusal is recorded.</exception>
    public Task<IssuedClient> CreateAsync(
        ClientMetadata asked, string? owner, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
            AuditEventType.ClientCreated,
            clientId: null,
            request,
            async attempted =>
            {
                var once = await requests.BeginAsync(IssuingCall.Creation, request.RequestId, cancellationToken);
                Reasons.Check(request);
                CheckOwner(owner);
                var constraints = owner is null ? null : new RegistrationConstraints { Owner = owner };

                // The address is the administrator's, so block rules for networks say nothing about the client.
                var validated = await validator.ValidateAsync(
                    asked, new AdmissionDecision(AdmissionNames.Administrator, Constraints: constraints), sourceAddress: null,
                    cancellationToken);
                return validated.Result.IsAcceptable
                    ? await AddAsync(validated, once, attempted, cancellationToken)
                    : throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(validated.Result.Violations));
            },
            cancellationToken,
            clientOf: issued => issued.Client.Id);

    private async Task<IssuedClient> AddAsync(
        ValidatedRegistration validated, IssuingRequest? once, AuditEvent attempted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var issued = clients.Create(validated, sourceAddress: null);
            var client = issued.Client with { State = ClientState.Active, StateReason = attempted.Reason };
            var created = attempted with
            {
                Time = client.IssuedAt,
                ClientId = client.Id,
                ClientRevision = client.Revision,
                Detail = AuditEvents.Of(client),
            };
            var consumed = new ConsumedCredentials(
                SoftwareStatement: validated.SoftwareStatementUse, Request: once?.With(client.Id.Value));
            if (await requests.IsAddedAsync(
                await store.AddAsync(client, consumed, created, cancellationToken), once, cancellationToken))
            {
                metrics.Created(ClientStates.NameOf(client.State), client.AdmittedBy);
                return issued with { Client = client };
            }
        }
    }

    private static void CheckOwner(string? owner)
    {
        if (owner is not null && TextRules.Fault(owner, MaxOwnerLength) is not null)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                "owner", $"The owner must be plain text of at most {MaxOwnerLength} characters."));
        }
    }
}
