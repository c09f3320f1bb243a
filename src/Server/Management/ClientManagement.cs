using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Management;

/// <summary>Management of a client's own registration (RFC 7592), after it was admitted by <see cref="ManagementAdmission"/>.</summary>
internal sealed partial class ClientManagement(
    IRegistrationStore store,
    ManagementAdmission admission,
    RegistrationPolicies policies,
    RegistrationValidator validator,
    ClientSecrets secrets,
    RejectionAggregator rejections,
    TimeProvider time,
    ILogger<ClientManagement> logger)
{
    /// <summary>
    /// Reads the registration (RFC 7592 section 2.1). Changes nothing except the registration access token, if it is rotated.
    /// </summary>
    public async Task<IssuedClient> ReadAsync(ManagedClient managed, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.Now();
            var current = managed.Client;
            var policy = policies.For(current.AdmittedBy);
            var token = RegistrationAccessTokens.Advance(
                managed, policy.TokenRotation == RegistrationAccessTokenRotation.OnReadAndUpdate, policy.TokenGrace, now);
            if (token.Kept == current.RegistrationAccessToken)
            {
                return new IssuedClient(current, Secret: null, token.Shown);
            }

            var next = (current with { RegistrationAccessToken = token.Kept }).Following(current, now);
            var happened = AuditEvents.TokenRotated(current, next, caller);
            var outcome = await store.ReplaceAsync(next, current.Version, use: null, happened, cancellationToken);
            if (outcome == ReplaceOutcome.Replaced)
            {
                return new IssuedClient(next, Secret: null, token.Shown);
            }

            managed = await AgainAsync(managed, cancellationToken);
        }
    }

    /// <summary>Replaces the whole document (RFC 7592 section 2.2), completely or not at all.</summary>
    /// <exception cref="RegistrationRefusedException">The update was refused; nothing was changed.</exception>
    public async Task<IssuedClient> UpdateAsync(
        ManagedClient managed, UpdateRequest request, Precondition precondition, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                precondition.Check(managed.Client);
                var (updated, validated) = await ApplyAsync(managed, request, caller.SourceAddress, cancellationToken);
                var (before, after) = (managed.Client, updated.Client);
                var happened = AuditEvents.Updated(before, after, caller);
                switch (await store.ReplaceAsync(after, before.Version, validated.SoftwareStatementUse, happened, cancellationToken))
                {
                    case ReplaceOutcome.Replaced:
                        LogUpdated(after.Id, after.State, caller.SourceAddress, caller.RequestId);
                        return updated;
                    case ReplaceOutcome.SoftwareStatementReplayed:
                        throw new RegistrationRefusedException(SoftwareStatementFaults.Replayed);
                }

                managed = await AgainAsync(managed, cancellationToken);
            }
        }
        catch (RegistrationRefusedException refused)
        {
            await rejections.NoteAsync(refused.Fault, caller, cancellationToken);
            throw;
        }
    }

    /// <summary>Deletes the client (RFC 7592 section 2.3) with its secret and its token in one write.</summary>
    /// <exception cref="RegistrationRefusedException">The precondition does not hold; nothing was changed.</exception>
    public async Task DeleteAsync(
        ManagedClient managed, Precondition precondition, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = managed.Client;
            precondition.Check(client);
            var happened = AuditEvents.Removed(AuditEventType.ClientDeleted, client, time.Now(), caller);
            if (await store.RemoveAsync(client.Id, client.Version, happened, cancellationToken) == RemoveOutcome.Removed)
            {
                LogDeleted(client.Id, caller.SourceAddress, caller.RequestId);
                return;
            }

            managed = await AgainAsync(managed, cancellationToken);
        }
    }

    private async Task<(IssuedClient Updated, ValidatedRegistration Validated)> ApplyAsync(
        ManagedClient managed, UpdateRequest request, string? sourceAddress, CancellationToken cancellationToken)
    {
        // An administrator may have stopped the client after the call was admitted.
        var (current, now) = (admission.RequireUpdatable(managed).Client, time.Now());
        var violations = UpdateRules.CredentialViolations(request, current, now);
        var validated = await validator.ValidateUpdateAsync(request.Metadata, current, sourceAddress, cancellationToken);
        var next = UpdatedClient.Apply(current, validated, now, violations);
        var found = Violations.Together(violations, validated.Result.Violations);
        return found.Count == 0
            ? (UpdatedClient.WithCredentials(next, managed, request, validated.Policy, secrets, now), validated)
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(found));
    }

    /// <summary>Another change came first: reads the client again with the same token.</summary>
    private async Task<ManagedClient> AgainAsync(ManagedClient managed, CancellationToken cancellationToken) =>
        await admission.FindAsync(managed.RegistrationAccessToken.Reveal(), managed.Client.Id.ToString(), cancellationToken)
        ?? throw new RegistrationRefusedException(ManagementAdmission.Gone);

    [LoggerMessage(2031, LogLevel.Information, "CLIENT_UPDATED {ClientId}, state {State}, from {SourceAddress}, request {RequestId}")]
    private partial void LogUpdated(ClientId clientId, ClientState state, string? sourceAddress, string? requestId);

    [LoggerMessage(2032, LogLevel.Information, "CLIENT_DELETED {ClientId} from {SourceAddress}, request {RequestId}")]
    private partial void LogDeleted(ClientId clientId, string? sourceAddress, string? requestId);
}

/// <summary>The new document of a client.</summary>
/// <param name="ClientId">Must be the identifier of the client; <see langword="null"/> if it is missing.</param>
/// <param name="ClientSecret">Must be the current secret; <see langword="null"/> if the document does not have it.</param>
/// <param name="Metadata">The complete metadata.</param>
internal sealed record UpdateRequest(string? ClientId, Secret? ClientSecret, ClientMetadata Metadata);
