using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Credentials;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Registration;

/// <summary>Client registration, RFC 7591.</summary>
internal sealed partial class Registrar(
    IRegistrationStore store,
    RegistrationPolicy policy,
    CredentialFactory credentials,
    RefusalLedger refusals,
    RegistrationMetrics metrics,
    TimeProvider time,
    ILogger<Registrar> logger)
{
    /// <summary>Registers a client (RFC 7591 section 3.1). When the task completes, the registration is durable.</summary>
    /// <exception cref="RegistrationRefusedException">The metadata broke rules; nothing was stored but the refusal.</exception>
    public async Task<IssuedClient> RegisterAsync(
        ClientMetadata asked, AdmissionDecision admission, Caller caller, CancellationToken cancellationToken)
    {
        var judgement = MetadataRules.Judge(asked, policy);
        if (!judgement.IsAcceptable)
        {
            var fault = new RegistrationFault.InvalidMetadata(judgement.Violations);
            await refusals.NoteAsync(fault, caller, cancellationToken);
            throw new RegistrationRefusedException(fault);
        }

        var now = Now();
        Secret? secret = AuthMethods.UsesSecret(judgement.Registered.TokenEndpointAuthMethod) ? CredentialFactory.NewSecret() : null;
        while (true)
        {
            var client = NewClient(judgement.Registered, secret, admission, caller, now);
            var outcome = await store.AddAsync(client, Spending.Nothing, RegistrationEvents.Registered(client, caller), cancellationToken);
            if (outcome == AddOutcome.Added)
            {
                metrics.Registered(client);
                LogRegistered(client.Id, client.State, client.AdmittedBy, caller.SourceAddress, caller.RequestId);
                return new IssuedClient(client, secret);
            }
        }
    }

    private RegisteredClient NewClient(
        ClientMetadata metadata, Secret? secret, AdmissionDecision admission, Caller caller, DateTimeOffset now) => new()
        {
            Id = credentials.NewClientId(),
            Version = 1,
            State = policy.Approval == ApprovalMode.Automatic ? ClientState.Active : ClientState.Pending,
            Metadata = metadata,
            Secret = secret is null ? null : new ClientSecret(SecretHash.Of(secret.Reveal()), ExpiresAt: null),
            IssuedAt = now,
            UpdatedAt = now,
            AdmittedBy = admission.AdmittedBy,
            SourceAddress = caller.SourceAddress,
        };

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    [LoggerMessage(2001, LogLevel.Information,
        "CLIENT_REGISTERED {ClientId} as {State}, admitted by {AdmittedBy}, from {SourceAddress}, request {RequestId}")]
    private partial void LogRegistered(
        ClientId clientId, ClientState state, string admittedBy, string? sourceAddress, string? requestId);
}

/// <summary>A client and the secret issued with it.</summary>
/// <param name="Client">The client as stored.</param>
/// <param name="Secret">Shown once; <see langword="null"/> when the client's method uses none.</param>
internal sealed record IssuedClient(RegisteredClient Client, Secret? Secret);
