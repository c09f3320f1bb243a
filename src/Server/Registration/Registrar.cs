using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Registration;

/// <summary>Client registration, RFC 7591.</summary>
internal sealed partial class Registrar(
    IRegistrationStore store,
    RegistrationValidator validator,
    NewClients clients,
    IssuingRequests requests,
    UnapprovedClients unapproved,
    RejectionAggregator rejections,
    ServiceMetrics metrics,
    ILogger<Registrar> logger)
{
    /// <summary>Registers a client (RFC 7591 section 3.1). When the task completes, the registration is durable.</summary>
    /// <param name="asked">The document.</param>
    /// <param name="admission">The admission and its constraints.</param>
    /// <param name="requestId">The <c>request_id</c> of the call; <see langword="null"/> if it has none.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="RegistrationRefusedException">The document was refused; only the refusal is recorded.</exception>
    public async Task<IssuedClient> RegisterAsync(
        ClientMetadata asked, AdmissionDecision admission, string? requestId, Caller caller, CancellationToken cancellationToken)
    {
        var request = await requests.BeginAsync(IssuingCall.Registration, requestId, cancellationToken);
        try
        {
            var validated = await validator.ValidateAsync(asked, admission, caller.SourceAddress, cancellationToken);
            return validated.Result.IsAcceptable
                ? await AddAsync(validated, request, caller, cancellationToken)
                : throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(validated.Result.Violations));
        }
        catch (RegistrationRefusedException refused)
        {
            await rejections.NoteAsync(refused.Fault, caller, cancellationToken, admission.AdmittedBy);
            throw;
        }
    }

    private async Task<IssuedClient> AddAsync(
        ValidatedRegistration validated, IssuingRequest? request, Caller caller, CancellationToken cancellationToken)
    {
        var consumed = new ConsumedCredentials(validated.Admission.InitialAccessTokenId, validated.SoftwareStatementUse);
        while (true)
        {
            var issued = clients.Create(validated, caller.SourceAddress);
            var client = issued.Client;
            consumed = consumed with { Request = request?.With(client.Id.Value) };
            var place = unapproved.Take(client);
            var isAdded = false;
            try
            {
                var outcome = await store.AddAsync(client, consumed, AuditEvents.Registered(client, caller), cancellationToken);
                isAdded = await requests.IsAddedAsync(outcome, request, cancellationToken);
            }
            finally
            {
                if (!isAdded)
                {
                    unapproved.GiveBack(place);
                }
            }

            if (isAdded)
            {
                metrics.Registered(ClientStates.NameOf(client.State), client.AdmittedBy);
                LogRegistered(client.Id, client.State, client.AdmittedBy, caller.SourceAddress, caller.RequestId);
                return issued;
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Information,
        "CLIENT_REGISTERED {ClientId} as {State}, admitted by {AdmittedBy}, from {SourceAddress}, request {RequestId}")]
    private partial void LogRegistered(
        ClientId clientId, ClientState state, string admittedBy, string? sourceAddress, string? requestId);
}
