using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Management;

/// <summary>The client after an update. Pure.</summary>
internal static class UpdatedClient
{
    /// <summary>The client with the new document and its new state. Credentials do not change.</summary>
    /// <param name="current">The client, which may update its registration.</param>
    /// <param name="validated">The new document.</param>
    /// <param name="now">When.</param>
    /// <param name="violations">Gets the changes that policy does not allow an approved client.</param>
    public static RegisteredClient Apply(
        RegisteredClient current, ValidatedRegistration validated, DateTimeOffset now, List<Violation> violations)
    {
        var updated = current with
        {
            Metadata = validated.Registered,
            PendingUpdate = null,
            AdmittedBy = validated.Admission.AdmittedBy,
            Constraints = validated.Admission.Constraints,
            SoftwareStatementIssuer = validated.SoftwareStatementIssuer,
        };
        return WithApprovals(current, current.State == ClientState.Rejected ? InState(updated, ClientState.Pending)
            : current.State != ClientState.Active ? InState(updated, validated.FirstState)
            : validated.Approval == ApprovalMode.Automatic && !Subjects.Change(current.Metadata, validated.Registered) ? updated
            : Widened(updated, WideningOf(current, validated), validated.Policy, now, violations));
    }

    /// <summary>An approval is for the document that was reviewed.</summary>
    private static RegisteredClient WithApprovals(RegisteredClient current, RegisteredClient next)
    {
        var isSame = current.State == next.State && current.AdmittedBy == next.AdmittedBy
            && MemberDifference.Between(current.Latest, next.Latest).Count == 0;
        return isSame || !(current.IsAwaitingApproval || next.IsAwaitingApproval) ? next : next with { Approvals = [] };
    }

    /// <summary>The client with its credentials after the update, and those to show.</summary>
    public static IssuedClient WithCredentials(
        RegisteredClient updated,
        ManagedClient managed,
        UpdateRequest request,
        RegistrationPolicy policy,
        ClientSecrets secrets,
        DateTimeOffset now)
    {
        var secret = secrets.AfterUpdate(updated, policy, now);
        var token = RegistrationAccessTokens.Advance(
            managed, policy.TokenRotation != RegistrationAccessTokenRotation.Never, policy.TokenGrace, now);
        return new IssuedClient(
            (updated with { Secret = secret?.Kept, RegistrationAccessToken = token.Kept }).Following(managed.Client, now),
            secret is null ? null : secret.Shown ?? request.ClientSecret,
            token.Shown)
        {
            Applied = updated.PendingUpdate is null ? [] : MemberDifference.Between(managed.Client.Metadata, updated.Metadata),
        };
    }

    private static Widening WideningOf(RegisteredClient current, ValidatedRegistration validated) => Widening.Of(
        current.Metadata,
        validated.Registered,
        new WideningTerms(
            validated.Policy.RedirectPathsNeedApproval, validated.Policy.WideningUpdates == WideningUpdates.KeepRedirects));

    private static RegisteredClient Widened(
        RegisteredClient updated, Widening widening, RegistrationPolicy policy, DateTimeOffset now, List<Violation> violations)
    {
        if (widening.Members.Count == 0)
        {
            return updated;
        }

        if (policy.WideningUpdates == WideningUpdates.Refuse)
        {
            violations.AddRange(widening.Members.Select(member => new Violation(
                member, $"{member} would widen what was approved for this client; updates that do so are not allowed.")));
        }

        return updated with { Metadata = widening.Effective, PendingUpdate = new PendingUpdate(updated.Metadata, now) };
    }

    private static RegisteredClient InState(RegisteredClient client, ClientState state) =>
        client.State == state ? client : client with { State = state, StateReason = null, PublicReason = null };
}
