using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Audit;

/// <summary>
/// Records refused registrations without letting a flood fill the disk: within a minute the first refusal of each kind becomes an
/// audit event at once, and all further ones of that kind are added up into one more event when the minute is over.
/// </summary>
/// <remarks>Kinds are few (an error and at most a member name), so memory and disk are bounded whatever is sent.</remarks>
internal sealed partial class RejectionAggregator(
    IRegistrationStore store, RegistrationMetrics metrics, TimeProvider time, ILogger<RejectionAggregator> logger)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<RejectionKind, Tally> _tallies = [];

    /// <summary>Notes a refusal. Never fails: a refusal that cannot be recorded is still a refusal.</summary>
    public async ValueTask NoteAsync(RegistrationFault fault, Caller caller, CancellationToken cancellationToken)
    {
        var kind = RejectionKind.Of(fault);
        metrics.Refused(kind.OAuthError ?? kind.Reason);
        if (!IsFirst(kind, caller))
        {
            return;
        }

        LogRefused(kind.Reason, kind.Member, caller.SourceAddress, caller.RequestId);
        await RecordAsync(kind, new Tally(caller, Count: 1), cancellationToken);
    }

    /// <summary>Ends the minute: writes what was added up. To be called once a <see cref="Window"/>, and when the service stops.</summary>
    public async Task CloseWindowAsync(CancellationToken cancellationToken)
    {
        Dictionary<RejectionKind, Tally> closed;
        lock (_lock)
        {
            (closed, _tallies) = (_tallies, []);
        }

        foreach (var (kind, tally) in closed.Where(entry => entry.Value.Count > 0))
        {
            await RecordAsync(kind, tally, cancellationToken);
        }
    }

    private bool IsFirst(RejectionKind kind, Caller caller)
    {
        lock (_lock)
        {
            if (_tallies.TryGetValue(kind, out var tally))
            {
                _tallies[kind] = tally with { Last = caller, Count = tally.Count + 1 };
                return false;
            }

            // What was written at once is not counted a second time.
            _tallies[kind] = new Tally(caller, Count: 0);
            return true;
        }
    }

    private async ValueTask RecordAsync(RejectionKind kind, Tally tally, CancellationToken cancellationToken)
    {
        try
        {
            await store.RecordAsync(
                AuditEvents.Of(AuditEventType.RegistrationRefused, clientId: null, time.Now(), tally.Last) with
                {
                    Detail = new AuditDetail.RegistrationRefused(kind.Reason, kind.OAuthError, kind.Member, tally.Count),
                },
                cancellationToken);
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            LogNotRecorded(kind.Reason, tally.Count, e);
        }
    }

    [LoggerMessage(2002, LogLevel.Information,
        "REGISTRATION_REFUSED {Reason} for {Member}, from {SourceAddress}, request {RequestId}")]
    private partial void LogRefused(string reason, string? member, string? sourceAddress, string? requestId);

    [LoggerMessage(2003, LogLevel.Warning, "Failed to record {Count} refusals ({Reason})")]
    private partial void LogNotRecorded(string reason, long count, Exception exception);

    /// <param name="Last">The latest caller refused for this.</param>
    /// <param name="Count">Refusals not recorded yet.</param>
    private sealed record Tally(Caller Last, long Count);
}

/// <summary>What refusals are added up by.</summary>
/// <param name="Reason">The reason of the fault.</param>
/// <param name="OAuthError">The OAuth error; <see langword="null"/> where there is none.</param>
/// <param name="Member">The first member that was wrong, without its language tag; <see langword="null"/> when none was.</param>
internal readonly record struct RejectionKind(string Reason, string? OAuthError, string? Member)
{
    public static RejectionKind Of(RegistrationFault fault) => new(fault.Reason, fault.OAuthError, fault switch
    {
        RegistrationFault.InvalidMetadata invalid => invalid.Violations[0].Member.Split('#')[0],
        RegistrationFault.UnapprovedSoftwareStatement => CoreMembers.SoftwareStatement,
        _ => null,
    });
}
