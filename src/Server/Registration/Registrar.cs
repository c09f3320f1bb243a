using System.Diagnostics;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Registration;

/// <summary>Client registration, RFC 7591.</summary>
internal sealed partial class Registrar(
    IRegistrationStore store,
    RegistrationValidator validator,
    CredentialFactory credentials,
    ClientSecrets secrets,
    IssuingRequests requests,
    UnapprovedClients unapproved,
    RejectionAggregator rejections,
    ServiceMetrics metrics,
    TimeProvider time,
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
            var issued = NewClient(validated, caller);
            var client = issued.Client;
            consumed = consumed with { Request = request?.With(client.Id.Value) };
            switch (await StoreAsync(client, consumed, caller, cancellationToken))
            {
                case AddOutcome.Added:
                    metrics.Registered(ClientStates.NameOf(client.State), client.AdmittedBy);
                    LogRegistered(client.Id, client.State, client.AdmittedBy, caller.SourceAddress, caller.RequestId);
                    return issued;
                case AddOutcome.InitialAccessTokenSpent:
                    throw new RegistrationRefusedException(new RegistrationFault.CredentialInvalid("The initial access token"));
                case AddOutcome.SoftwareStatementReplayed:
                    throw new RegistrationRefusedException(SoftwareStatementFaults.Replayed);
                case AddOutcome.RequestRepeated:
                    throw await requests.RepeatedAsync(request!, cancellationToken);
                case AddOutcome.ClientIdTaken:
                    break;
                case var outcome:
                    throw new UnreachableException($"A registration ended as {outcome}.");
            }
        }
    }

    private async Task<AddOutcome> StoreAsync(
        RegisteredClient client, ConsumedCredentials consumed, Caller caller, CancellationToken cancellationToken)
    {
        var place = unapproved.Take(client);
        AddOutcome? outcome = null;
        try
        {
            outcome = await store.AddAsync(client, consumed, AuditEvents.Registered(client, caller), cancellationToken);
            return outcome.Value;
        }
        finally
        {
            if (outcome != AddOutcome.Added)
            {
                unapproved.GiveBack(place);
            }
        }
    }

    private IssuedClient NewClient(ValidatedRegistration validated, Caller caller)
    {
        var (id, now) = (credentials.NewClientId(), time.Now());
        var need = SecretNeed.Of(validated.Registered);
        var secret = need == SecretNeed.None ? null : secrets.Issue(id, need, validated.Policy, now);
        var token = LookupToken.For(id.Value);
        var client = new RegisteredClient
        {
            Id = id,
            Version = 1,
            State = validated.FirstState,
            StateReason = validated.HeldBy is { } rule ? $"Block rule {rule.Id}: {rule.Reason}" : null,
            Metadata = validated.Registered,
            Secret = secret?.Kept,
            RegistrationAccessToken = new RegistrationAccessToken(SecretHash.Of(token.Reveal())),
            IssuedAt = now,
            UpdatedAt = now,
            AdmittedBy = validated.Admission.AdmittedBy,
            InitialAccessTokenId = validated.Admission.InitialAccessTokenId,
            Constraints = validated.Admission.Constraints,
            SoftwareStatementIssuer = validated.SoftwareStatementIssuer,
            SourceAddress = caller.SourceAddress,
        };
        return new IssuedClient(client, secret?.Shown, token);
    }

    [LoggerMessage(2001, LogLevel.Information,
        "CLIENT_REGISTERED {ClientId} as {State}, admitted by {AdmittedBy}, from {SourceAddress}, request {RequestId}")]
    private partial void LogRegistered(
        ClientId clientId, ClientState state, string admittedBy, string? sourceAddress, string? requestId);
}

/// <summary>A client and the credentials to show with it.</summary>
/// <param name="Client">The client as stored.</param>
/// <param name="Secret">Newly issued, or presented by the caller; <see langword="null"/> if there is none to show.</param>
/// <param name="RegistrationAccessToken">The registration access token: newly issued, or the presented one.</param>
internal sealed record IssuedClient(RegisteredClient Client, Secret? Secret, Secret RegistrationAccessToken)
{
    /// <summary>The changes that a pending update made to the effective metadata at once; empty for any other answer.</summary>
    public IReadOnlyList<MemberDifference> Applied { get; init; } = [];
}
