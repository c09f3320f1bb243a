using System.Net;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Audit;

/// <summary>
/// Records refused calls so that a flood does not fill the disk: within a minute, the first refusal of each kind becomes an audit event at
/// once, and all others of that kind become one event at the end of the minute.
/// </summary>
/// <remarks>
/// A kind has a reason, at most a member name, and the network that calls came from, so that one caller who floods looks unlike a hundred.
/// After <see cref="MaxNetworks"/> networks in a minute, others are counted together, so the use of memory and disk is bounded.
/// </remarks>
internal sealed partial class RejectionAggregator(
    IRegistrationStore store, ServiceMetrics metrics, TimeProvider time, ILogger<RejectionAggregator> logger)
{
    /// <summary>How many kinds of a minute have a network.</summary>
    public const int MaxNetworks = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<RejectionKind, Tally> _tallies = [];

    /// <summary>
    /// Counts a refused registration, or a refused request of a client about its own registration if the caller is one. Never fails: the
    /// caller is refused even if the refusal cannot be recorded.
    /// </summary>
    /// <param name="fault">Why the call was refused.</param>
    /// <param name="caller">Who was refused.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <param name="admission">How the registration was admitted; <see langword="null"/> if it was not.</param>
    public ValueTask NoteAsync(
        RegistrationFault fault, Caller caller, CancellationToken cancellationToken, string? admission = null) => NoteAsync(
        caller.Client is null ? AuditEventType.RegistrationRefused : AuditEventType.ClientRequestRefused, fault, caller,
        cancellationToken, admission);

    /// <param name="type">The type of the audit event.</param>
    /// <param name="fault">Why the call was refused.</param>
    /// <param name="caller">Who was refused.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <param name="admission">How a registration was admitted; <see langword="null"/> if it was not.</param>
    public async ValueTask NoteAsync(
        AuditEventType type, RegistrationFault fault, Caller caller, CancellationToken cancellationToken, string? admission = null)
    {
        var kind = RejectionKind.Of(type, fault, caller);
        Count(type, kind.Reason, admission);
        if (!IsFirst(ref kind, caller))
        {
            return;
        }

        LogRefused(AuditEventTypes.NameOf(type), kind.Cause, caller.SourceAddress, caller.RequestId);
        await RecordAsync(kind, new Tally(caller, Count: 1), cancellationToken);
    }

    /// <summary>
    /// Ends the minute and records the counted refusals. Call it once every <see cref="Window"/>, and when the service stops.
    /// </summary>
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

    private void Count(AuditEventType type, string error, string? admission)
    {
        if (type == AuditEventType.RegistrationRefused)
        {
            metrics.RegistrationRefused(admission, error);
        }
        else
        {
            metrics.RequestRefused(type == AuditEventType.RoleTokenRefused ? Attributes.RoleToken : Attributes.Client, error);
        }
    }

    private bool IsFirst(ref RejectionKind kind, Caller caller)
    {
        lock (_lock)
        {
            if (!_tallies.ContainsKey(kind) && _tallies.Count >= MaxNetworks)
            {
                kind = kind with { Network = null, Client = null };
            }

            if (_tallies.TryGetValue(kind, out var tally))
            {
                _tallies[kind] = tally with { Last = caller, Count = tally.Count + 1 };
                return false;
            }

            // The first refusal is recorded at once and not counted again.
            _tallies[kind] = new Tally(caller, Count: 0);
            return true;
        }
    }

    private async ValueTask RecordAsync(RejectionKind kind, Tally tally, CancellationToken cancellationToken)
    {
        try
        {
            await store.RecordAsync(
                AuditEvents.Of(kind.Type, kind.Client, time.Now(), tally.Last) with
                {
                    SourceAddress = kind.Network is null ? null : tally.Last.SourceAddress,
                    Detail = new AuditDetail.RegistrationRefused(kind.Reason, kind.OAuthError, kind.Member, tally.Count),
                },
                cancellationToken);
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            LogNotRecorded(kind.Reason, tally.Count, e);
        }
    }

    [LoggerMessage(2002, LogLevel.Information, "{Event} {Cause}, from {SourceAddress}, request {RequestId}")]
    private partial void LogRefused(string @event, string cause, string? sourceAddress, string? requestId);

    [LoggerMessage(2003, LogLevel.Warning, "Failed to record {Count} refusals ({Reason})")]
    private partial void LogNotRecorded(string reason, long count, Exception exception);

    /// <param name="Last">The latest caller refused for this.</param>
    /// <param name="Count">Refusals not recorded yet.</param>
    private sealed record Tally(Caller Last, long Count);
}

/// <summary>The kind by which refusals are counted.</summary>
/// <param name="Type">The type of the audit event.</param>
/// <param name="Reason">The reason of the fault.</param>
/// <param name="OAuthError">The OAuth error; <see langword="null"/> where there is none.</param>
/// <param name="Member">
/// The first wrong member, without its language tag; <see langword="null"/> if the refusal is not about a member.
/// </param>
/// <param name="Network">Where the calls came from; <see langword="null"/> if that is unknown, or for many networks together.</param>
/// <param name="Client">The client that called; <see langword="null"/> if there is none, or for many networks together.</param>
internal readonly record struct RejectionKind(
    AuditEventType Type, string Reason, string? OAuthError, string? Member, CallerNetwork? Network, ClientId? Client)
{
    /// <summary>For the log.</summary>
    public string Cause => Member is null ? Reason : $"{Reason} for {Member}";

    public static RejectionKind Of(AuditEventType type, RegistrationFault fault, Caller caller) => new(
        type,
        fault.Reason,
        fault.OAuthError,
        fault switch
        {
            RegistrationFault.InvalidMetadata invalid => invalid.Violations[0].Member.Split('#')[0],
            RegistrationFault.UnapprovedSoftwareStatement => CoreMembers.SoftwareStatement,
            _ => null,
        },
        IPAddress.TryParse(caller.SourceAddress, out var address) ? CallerNetwork.Of(address) : null,
        caller.Client);
}
