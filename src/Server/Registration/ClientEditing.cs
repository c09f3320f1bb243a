using System.Diagnostics;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Registration;

/// <summary>Changes of the metadata of clients by administrators. They take effect at once, and the state of the client stays.</summary>
internal sealed class ClientEditing(
    IRegistrationStore store,
    ClientLifecycle lifecycle,
    RegistrationValidator validator,
    ClientSecrets secrets,
    AuditedAct audited,
    TimeProvider time)
{
    /// <param name="clientId">The client.</param>
    /// <param name="paths">The members to change, as <see cref="MetadataEdit.Of"/> reads them.</param>
    /// <param name="sent">Their new values.</param>
    /// <param name="request">Actor, reason and the reviewed version, which is required.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    /// <exception cref="RegistrationRefusedException">The change was refused; the refusal is recorded.</exception>
    public Task<EditedClient> UpdateAsync(
        string clientId, IReadOnlyList<string> paths, ClientMetadata sent, ActRequest request, CancellationToken cancellationToken) =>
        audited.RunAsync(
            AuditEventType.ClientUpdated,
            ClientId.TryParse(clientId, out var id) ? id : null,
            request,
            async attempted =>
            {
                Reasons.Check(request);
                Etag.Check(request, isNeeded: true);
                var edit = MetadataEdit.Of(paths, sent);
                while (true)
                {
                    var current = await lifecycle.GetAsync(clientId, cancellationToken);
                    Etag.Check(request, current);
                    var validated = await ValidateAsync(edit, current, current.Metadata, cancellationToken);
                    var pending = current.PendingUpdate is { } waiting
                        ? waiting with { Metadata = (await ValidateAsync(edit, current, waiting.Metadata, cancellationToken)).Registered }
                        : null;

                    // What the client gave up with its pending update does not come back by a default.
                    var effective = pending is null ? validated.Registered : edit.With(validated.Registered).ApplyTo(current.Metadata);
                    var edited = Apply(current, validated, effective, pending);

                    // A conflict means that another change came first: the next check of the etag fails.
                    if (await TryAsync(attempted, current, edited, validated.SoftwareStatementUse, cancellationToken))
                    {
                        return edited;
                    }
                }
            },
            cancellationToken);

    /// <summary>
    /// A document of the client with the new values, validated as a whole like an update by the client. While an update is pending, the
    /// effective metadata lacks what the client gave up: what was wrong with it for that reason is not held against the new values.
    /// </summary>
    private async Task<ValidatedRegistration> ValidateAsync(
        MetadataEdit edit, RegisteredClient client, ClientMetadata document, CancellationToken cancellationToken)
    {
        var validated = await ValidateAsync(edit.ApplyTo(document), client, document, cancellationToken);
        var violations = validated.Result.Violations;
        if (violations.Count > 0 && client.PendingUpdate is not null && ReferenceEquals(document, client.Metadata))
        {
            var before = (await ValidateAsync(document, client, document, cancellationToken)).Result.Violations;
            violations = [.. violations.Except(before)];
        }

        return violations.Count == 0
            ? validated
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(violations));
    }

    /// <summary>The address is the administrator's, so block rules for networks say nothing about the client.</summary>
    private ValueTask<ValidatedRegistration> ValidateAsync(
        ClientMetadata asked, RegisteredClient client, ClientMetadata document, CancellationToken cancellationToken) =>
        validator.ValidateUpdateAsync(asked, client with { Metadata = document }, sourceAddress: null, cancellationToken);

    private EditedClient Apply(
        RegisteredClient current, ValidatedRegistration validated, ClientMetadata effective, PendingUpdate? pending)
    {
        var isLeft = pending is not null && MemberDifference.Between(effective, pending.Metadata).Count > 0;
        var next = current with
        {
            Metadata = effective,
            PendingUpdate = isLeft ? pending : null,
            AdmittedBy = validated.Admission.AdmittedBy,
            Constraints = validated.Admission.Constraints,
            SoftwareStatementIssuer = validated.SoftwareStatementIssuer,
        };

        // An approval is for the document that was reviewed.
        var isSame = MemberDifference.Between(current.Metadata, next.Metadata).Count == 0
            && MemberDifference.Between(current.Latest, next.Latest).Count == 0;
        var secret = secrets.AsNeeded(next, validated.Policy, time.Now());
        return new EditedClient(
            (next with { Secret = secret?.Kept, Approvals = isSame || !current.IsAwaitingApproval ? current.Approvals : [] })
                .Following(current, time.Now()),
            secret?.Shown);
    }

    private async Task<bool> TryAsync(
        AuditEvent attempted, RegisteredClient before, EditedClient edited, OneTimeUse? use, CancellationToken cancellationToken)
    {
        var after = edited.Client;
        var happened = attempted with
        {
            Time = after.UpdatedAt,
            ClientRevision = AuditEvents.RevisionAfter(before, after),
            Detail = new AuditDetail.ClientUpdated(
                after.State, AwaitingApproval: false, AuditedMembersBuilder.Of(before.Metadata, after.Metadata)),
        };
        return await store.ReplaceAsync(after, before.Version, use, happened, cancellationToken) switch
        {
            ReplaceOutcome.Replaced => true,
            ReplaceOutcome.NotFound or ReplaceOutcome.VersionConflict => false,
            ReplaceOutcome.SoftwareStatementReplayed => throw new RegistrationRefusedException(SoftwareStatementFaults.Replayed),
            var outcome => throw new UnreachableException($"An update by an administrator ended as {outcome}."),
        };
    }
}

/// <summary>A client after a change by an administrator.</summary>
/// <param name="Client">The client as stored.</param>
/// <param name="Secret">A client secret that it needs since then, which is shown once; <see langword="null"/> if none was issued.</param>
internal sealed record EditedClient(RegisteredClient Client, Secret? Secret);
