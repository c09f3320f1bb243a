using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>
/// Removes clients that were not approved within <c>UnapprovedLifetime</c> (RFC 7591 section 5), so that they do not accumulate. A client
/// with a pending update was approved before and is not removed.
/// </summary>
internal sealed partial class UnapprovedClientCleanup(
    IRegistrationStore store, RegistrationPolicies policies, TimeProvider time, ILogger<UnapprovedClientCleanup> logger)
{
    /// <summary>How often clients are removed.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private static readonly ClientState[] Unapproved = [ClientState.Pending, ClientState.Rejected];

    /// <summary>The shortest lifetime of all profiles.</summary>
    private readonly TimeSpan _shortest =
        new[] { policies.Anonymous, policies.InitialAccessToken, policies.SoftwareStatement }.Min(policy => policy.UnapprovedLifetime);

    /// <summary>Removes the expired ones.</summary>
    public async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        foreach (var state in Unapproved)
        {
            await RemoveExpiredAsync(state, time.Now() - _shortest, cancellationToken);
        }
    }

    /// <summary>Clients are listed in the order of registration, so the search ends at the first client that is too young.</summary>
    private async Task RemoveExpiredAsync(ClientState state, DateTimeOffset youngest, CancellationToken cancellationToken)
    {
        PageToken? next = null;
        do
        {
            var page = await store.ListAsync(new ClientFilter(state), new PageRequest(PageRequest.MaxSize, next), cancellationToken);
            foreach (var client in page.Items.Where(IsExpired))
            {
                await RemoveAsync(client, cancellationToken);
            }

            next = page.Items.Count > 0 && page.Items[^1].IssuedAt <= youngest ? page.NextToken : null;
        }
        while (next is not null);
    }

    private bool IsExpired(RegisteredClient client) =>
        client.UpdatedAt + policies.For(client.AdmittedBy).UnapprovedLifetime <= time.GetUtcNow();

    private async Task RemoveAsync(RegisteredClient client, CancellationToken cancellationToken)
    {
        var happened = AuditEvents.Removed(AuditEventType.ClientExpired, client, time.Now(), Caller.System);

        // A client that has changed in the meantime is checked again next time.
        if (await store.RemoveAsync(client.Id, client.Version, happened, cancellationToken) == RemoveOutcome.Removed)
        {
            LogExpired(client.Id, client.State);
        }
    }

    [LoggerMessage(2051, LogLevel.Information, "CLIENT_EXPIRED {ClientId} was {State} for longer than UnapprovedLifetime")]
    private partial void LogExpired(ClientId clientId, ClientState state);
}
