using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// Opens the store before the first request and closes it after the last; in between, records aggregated rejections every minute and
/// removes expired unapproved clients. If opening takes long, as while a database is away, the service listens meanwhile: health says that
/// it is not ready, and calls are refused as unavailable.
/// </summary>
internal sealed partial class StoreLifetime(
    IRegistrationStore store,
    ServerSettings settings,
    RoleTokens tokens,
    StartReport report,
    RejectionAggregator rejections,
    UnapprovedClientCleanup cleanup,
    UnapprovedClients unapproved,
    PendingClientGauges pending,
    ServiceMetrics metrics,
    TimeProvider time,
    IHostApplicationLifetime host,
    ILogger<StoreLifetime> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>A failure within this time ends the start before anything listens.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _opening = Task.CompletedTask;
    private Task _upkeep = Task.CompletedTask;

    /// <summary>Why the store could not be opened after the service began to listen; <see langword="null"/> if it could.</summary>
    public StorageException? Failure { get; private set; }

    /// <summary>Completes when the store is open, and never if it cannot be opened.</summary>
    public Task Opened => _opened.Task;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        metrics.Observe<long>(InstrumentTable.StoreReady, IsReady);
        _opening = OpenAsync(host.ApplicationStopping);
        await Task.WhenAny(_opening, Task.Delay(Patience, time, cancellationToken));
        if (_opening.IsCompleted)
        {
            await _opening;
        }
        else
        {
            _opening = FollowAsync(_opening);
        }
    }

    private async Task FollowAsync(Task opening)
    {
        try
        {
            await opening;
            report.WriteWhoMayRegister();
        }
        catch (StorageException e)
        {
            Failure = e;
            host.StopApplication();
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(settings.Storage, cancellationToken);
        var status = await store.GetRegistrationStatusAsync(cancellationToken);
        if (status.ImportId is not null)
        {
            throw new StorageException(
                StorageFailure.Corrupt,
                "An import into this store is not finished. Run the same 'import' again to continue it.");
        }

        report.Status = status;
        await ReportNewTokensAsync(cancellationToken);
        _upkeep = Task.WhenAll(
            EachAsync(RejectionAggregator.Window, rejections.CloseWindowAsync, _stopping.Token),
            EachAsync(UnapprovedClientCleanup.Period, RemoveExpiredAsync, _stopping.Token),
            InBackgroundAsync(unapproved.CountAsync),
            EachAsync(UnapprovedClients.Period, stop => CountAsync(unapproved.CountAsync, stop), _stopping.Token),
            InBackgroundAsync(pending.CountAsync),
            EachAsync(PendingClientGauges.Period, stop => CountAsync(pending.CountAsync, stop), _stopping.Token));
        _opened.SetResult();
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _opening;
        await _upkeep;
        if (report.Status is not null)
        {
            await rejections.CloseWindowAsync(cancellationToken);
        }

        await store.DisposeAsync();
    }

    public void Dispose() => _stopping.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A store that has events has administrators and authorization servers too, and none of them has a token made now.</summary>
    private async Task ReportNewTokensAsync(CancellationToken cancellationToken)
    {
        if (tokens.NewFiles.Count > 0
            && (await store.ListAuditEventsAsync(new AuditFilter(), new PageRequest(1), cancellationToken)).Items.Count > 0)
        {
            LogNewTokens(string.Join(" and ", tokens.NewFiles));
        }
    }

    private async Task EachAsync(TimeSpan period, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await work(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await cleanup.RemoveExpiredAsync(cancellationToken);
        }
        catch (StorageException e)
        {
            LogNotRemoved(UnapprovedClientCleanup.Period, e);
        }
    }

    /// <summary>Both engines answer at once.</summary>
    private long? IsReady() =>
        store.CheckAsync(CancellationToken.None).AsTask() is { IsCompletedSuccessfully: true, Result.Ready: true } ? 1 : 0;

    /// <summary>Counting a million clients takes seconds, and the embedded store reads them on the thread of the caller.</summary>
    private Task InBackgroundAsync(Func<CancellationToken, Task> count) =>
        Task.Run(() => CountAsync(count, _stopping.Token), CancellationToken.None);

    private async Task CountAsync(Func<CancellationToken, Task> count, CancellationToken cancellationToken)
    {
        try
        {
            await count(cancellationToken);
        }
        catch (StorageException e)
        {
            LogNotCounted(UnapprovedClients.Period, e);
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    [LoggerMessage(1015, LogLevel.Warning, "Failed to count unapproved clients; will retry in {Period}")]
    private partial void LogNotCounted(TimeSpan period, Exception exception);

    [LoggerMessage(1012, LogLevel.Warning,
        "Created new tokens for a store that is in use: {Files}. Callers that have the earlier tokens are refused; to keep those tokens, "
        + "restore their files from the backup, or from the data folder that the store was in")]
    private partial void LogNewTokens(string files);

    [LoggerMessage(1011, LogLevel.Warning, "Failed to remove expired unapproved clients; will retry in {Period}")]
    private partial void LogNotRemoved(TimeSpan period, Exception exception);
}
