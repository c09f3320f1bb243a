using System.Net;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>Who is refused most often and why, by the audit log, which has the refusals of all instances.</summary>
internal sealed class RefusalSources(IClientReader store, TimeProvider time)
{
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>How many networks and errors are told.</summary>
    private const int MaxTold = 10;

    /// <summary>Of events of a type, so that the time is bounded.</summary>
    private const int MaxPages = 4;

    private static readonly AuditEventType[] Types =
        [AuditEventType.RegistrationRefused, AuditEventType.ClientRequestRefused, AuditEventType.RoleTokenRefused];

    public async Task<RefusalReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (events, isComplete) = (new List<AuditEvent>(), true);
        foreach (var type in Types)
        {
            isComplete &= await ReadAsync(type, events, cancellationToken);
        }

        var refusals = events.Select(found => (Network: NetworkOf(found), Detail: (AuditDetail.RegistrationRefused)found.Detail!)).ToList();
        return new RefusalReport(
            [
                .. refusals.GroupBy(refusal => refusal.Network)
                    .Select(group => new RefusedNetwork(group.Key, group.Sum(refusal => refusal.Detail.Count), MostFrequentOf(group)))
                    .OrderByDescending(network => network.Count).Take(MaxTold),
            ],
            [
                .. refusals.GroupBy(refusal => (refusal.Detail.Reason, refusal.Detail.Member))
                    .Select(group => new RefusedError(group.Key.Reason, group.Key.Member, group.Sum(refusal => refusal.Detail.Count)))
                    .OrderByDescending(error => error.Count).Take(MaxTold),
            ],
            isComplete);
    }

    /// <returns>Whether all events of the type were read.</returns>
    private async Task<bool> ReadAsync(AuditEventType type, List<AuditEvent> events, CancellationToken cancellationToken)
    {
        var filter = new AuditFilter(Type: type, From: time.Now() - Period);
        PageToken? next = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var read = await store.ListAuditEventsAsync(
                filter, new PageRequest(PageRequest.MaxSize, next, ListOrder.NewestFirst), cancellationToken);
            events.AddRange(read.Items);
            next = read.NextToken;
            if (next is null)
            {
                return true;
            }
        }

        return false;
    }

    private static CallerNetwork? NetworkOf(AuditEvent recorded) =>
        IPAddress.TryParse(recorded.SourceAddress, out var address) ? CallerNetwork.Of(address) : null;

    private static string MostFrequentOf(IEnumerable<(CallerNetwork? Network, AuditDetail.RegistrationRefused Detail)> refusals) =>
        refusals.GroupBy(refusal => refusal.Detail.Reason).MaxBy(group => group.Sum(refusal => refusal.Detail.Count))!.Key;
}

/// <summary>Refusals of the last hour, the most frequent first.</summary>
/// <param name="Networks">By network.</param>
/// <param name="Errors">By error.</param>
/// <param name="IsComplete">Whether all were counted, or only the latest.</param>
internal sealed record RefusalReport(IReadOnlyList<RefusedNetwork> Networks, IReadOnlyList<RefusedError> Errors, bool IsComplete);

/// <param name="Network">Where the calls came from; <see langword="null"/> for many networks that were counted together.</param>
/// <param name="Count">How many were refused.</param>
/// <param name="Reason">The most frequent reason.</param>
internal sealed record RefusedNetwork(CallerNetwork? Network, long Count, string Reason);

/// <param name="Reason">Such as <c>INVALID_REDIRECT_URI</c>.</param>
/// <param name="Member">The first wrong member; <see langword="null"/> if the refusal is not about a member.</param>
/// <param name="Count">How many were refused.</param>
internal sealed record RefusedError(string Reason, string? Member, long Count);
