using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Credentials;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Server.Registration.Management;

/// <summary>What becomes of a client by an update: pure, so that it can be said in a table.</summary>
internal static class UpdatedClient
{
    /// <summary>The client with the new document, and the state that it is in then. Credentials are as they were.</summary>
    /// <param name="current">The client.</param>
    /// <param name="judged">The new document.</param>
    /// <param name="now">When.</param>
    /// <param name="violations">Gets what policy does not let an approved client do to itself.</param>
    public static RegisteredClient Apply(RegisteredClient current, Judged judged, DateTimeOffset now, List<Violation> violations)
    {
        var updated = current with
        {
            Version = current.Version + 1,
            Metadata = judged.Registered,
            InForce = null,
            UpdatedAt = now,
            AdmittedBy = judged.Admission.AdmittedBy,
            Ceiling = judged.Admission.Ceiling,
            StatementIssuer = judged.StatementIssuer,
        };
        return Approved(current) is not { } approved ? InState(updated, judged.FirstState)
            : judged.Policy.Approval == ApprovalMode.Automatic ? InState(updated, ClientState.Active)
            : Widened(updated, Widening.Of(approved, judged.Registered), judged.Policy, violations);
    }

    /// <summary>The client with the credentials it has after the update, and those to show.</summary>
    public static IssuedClient WithCredentials(
        RegisteredClient updated, ManagedClient managed, UpdateRequest request, RegistrationPolicy policy, ClientSecrets secrets, DateTimeOffset now)
    {
        var secret = secrets.AfterUpdate(updated, policy, now);
        var token = AccessTokens.Advance(managed, policy.TokenRotation != TokenRotation.Never, policy.TokenGrace, now);
        return new IssuedClient(
            updated with { Secret = secret?.Kept, AccessToken = token.Kept },
            secret is null ? null : secret.Shown ?? (request.ClientSecret is { } proved ? new Secret(proved) : null),
            token.Shown);
    }

    /// <summary>What was approved of a client; <see langword="null"/> when nothing ever was.</summary>
    private static ClientMetadata? Approved(RegisteredClient client) =>
        client.InForce ?? (client.State is ClientState.Active or ClientState.Suspended ? client.Metadata : null);

    private static RegisteredClient Widened(RegisteredClient updated, Widening widening, RegistrationPolicy policy, List<Violation> violations)
    {
        if (widening.Members.Count == 0)
        {
            return InState(updated, ClientState.Active);
        }

        if (policy.WideningUpdates == WideningUpdates.Refuse)
        {
            violations.AddRange(widening.Members.Select(member => new Violation(
                member, $"{member} would widen what was approved for this client, which an update cannot do here.")));
        }

        return InState(updated, ClientState.Pending) with { InForce = widening.InForce };
    }

    /// <summary>An operator's suspension outlives every update.</summary>
    private static RegisteredClient InState(RegisteredClient client, ClientState state) =>
        client.State == ClientState.Suspended || client.State == state ? client : client with { State = state, StateReason = null };
}
