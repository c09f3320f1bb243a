using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Credentials;
using GrpcDcr.Server.Registration.Rules;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Registration;

/// <summary>Client registration, RFC 7591.</summary>
internal sealed partial class Registrar(
    IRegistrationStore store,
    RegistrationJudge judge,
    CredentialFactory credentials,
    ClientSecrets secrets,
    RefusalLedger refusals,
    RegistrationMetrics metrics,
    TimeProvider time,
    ILogger<Registrar> logger)
{
    /// <summary>Registers a client (RFC 7591 section 3.1). When the task completes, the registration is durable.</summary>
    /// <exception cref="RegistrationRefusedException">The document was refused; nothing was stored or spent but the refusal.</exception>
    public async Task<IssuedClient> RegisterAsync(
        ClientMetadata asked, AdmissionDecision admission, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var judged = await judge.JudgeAsync(asked, admission, cancellationToken);
            return judged.Judgement.IsAcceptable
                ? await AddAsync(judged, caller, cancellationToken)
                : throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(judged.Judgement.Violations));
        }
        catch (RegistrationRefusedException refused)
        {
            await refusals.NoteAsync(refused.Fault, caller, cancellationToken);
            throw;
        }
    }

    private async Task<IssuedClient> AddAsync(Judged judged, Caller caller, CancellationToken cancellationToken)
    {
        var spending = new Spending(judged.Admission.Token, judged.StatementUse);
        while (true)
        {
            var issued = NewClient(judged, caller);
            var client = issued.Client;
            var outcome = await store.AddAsync(client, spending, RegistrationEvents.Registered(client, caller), cancellationToken);
            switch (outcome)
            {
                case AddOutcome.Added:
                    metrics.Registered(client);
                    LogRegistered(client.Id, client.State, client.AdmittedBy, caller.SourceAddress, caller.RequestId);
                    return issued;
                case AddOutcome.TokenSpent:
                    throw new RegistrationRefusedException(new RegistrationFault.TokenInvalid("The initial access token"));
                case AddOutcome.StatementReplayed:
                    throw new RegistrationRefusedException(StatementFaults.Replayed);
            }
        }
    }

    private IssuedClient NewClient(Judged judged, Caller caller)
    {
        var (id, now) = (credentials.NewClientId(), time.Now());
        var need = SecretNeed.Of(judged.Registered);
        var secret = need == SecretNeed.None ? null : secrets.Issue(id, need, judged.Policy, now);
        var token = BoundToken.For(id.Value);
        var client = new RegisteredClient
        {
            Id = id,
            Version = 1,
            State = judged.FirstState,
            Metadata = judged.Registered,
            Secret = secret?.Kept,
            AccessToken = new RegistrationAccessToken(SecretHash.Of(token.Reveal())),
            IssuedAt = now,
            UpdatedAt = now,
            AdmittedBy = judged.Admission.AdmittedBy,
            AdmittedWith = judged.Admission.Token,
            Ceiling = judged.Admission.Ceiling,
            StatementIssuer = judged.StatementIssuer,
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
/// <param name="Secret">Issued just now, or proved by the caller; <see langword="null"/> when there is none to show.</param>
/// <param name="Token">The registration access token: issued just now, or the one presented.</param>
internal sealed record IssuedClient(RegisteredClient Client, Secret? Secret, Secret Token);
