using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// Follows the changes of other instances in the audit log, which has every change in order and without gaps. It polls four times a second,
/// and at once when it is notified: a lost notification costs a quarter of a second, never a change.
/// </summary>
/// <param name="source">The pool; one connection is the feed's own.</param>
/// <param name="channel">The channel on which instances notify each other; <see langword="null"/> when they do not.</param>
/// <param name="clients">The cache that is kept current.</param>
/// <param name="time">Paces the polling.</param>
/// <param name="logger">Log of the store.</param>
internal sealed class ChangeFeed(NpgsqlDataSource source, string? channel, ClientCache clients, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>Reads the record of the registration status; no row before it is first set.</summary>
    public const string StatusQuery = "select record from registration_status where id = 1";

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>With many notifications it polls this often, not for each of them.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    private readonly AuditFollower _log = new(source);
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _notified = new(0);
    private NpgsqlConnection? _connection;
    private Task _following = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;
    private volatile RegistrationStatus? _registrationStatus;

    // Outlives a poll that fails halfway: the log is read once only.
    private bool _isStatusOutdated;
    private volatile bool _lost;
    private volatile bool _readOnly;

    /// <summary>The registration status as it was last read.</summary>
    public RegistrationStatus? RegistrationStatus => _registrationStatus;

    /// <summary>What is wrong with the database, as seen by the last poll; <see langword="null"/> when nothing is.</summary>
    public string? Problem => _lost ? "The database does not answer." : _readOnly ? "The database is read-only." : null;

    /// <summary>Starts from where the audit log ends now.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _log.StartAsync(cancellationToken);
        _registrationStatus = await ReadRegistrationStatusAsync(cancellationToken);
        await PollAsync(cancellationToken);
        _following = Task.Run(FollowAsync, CancellationToken.None);
        if (channel is not null)
        {
            _listening = Task.Run(ListenAsync, CancellationToken.None);
        }
    }

    /// <summary>A row of <see cref="StatusQuery"/>.</summary>
    public static RegistrationStatus StatusOf(NpgsqlDataReader row) => RegistrationStatusRecord.Decode(row.GetFieldValue<byte[]>(0));

    /// <summary>The registration status as it is stored now.</summary>
    public async Task<RegistrationStatus> ReadRegistrationStatusAsync(CancellationToken cancellationToken)
    {
        var stored = await source.QueryAsync(
            StatusQuery,
            StatusOf,
            cancellationToken);
        return stored.Count == 0 ? Model.RegistrationStatus.Enabled : stored[0];
    }

    /// <summary>This instance itself set the registration status.</summary>
    public void Set(RegistrationStatus next) => _registrationStatus = next;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        await _listening;
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _notified.Dispose();
        _closing.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await PauseAsync();
                await PollAsync(_closing.Token);
                if (_lost)
                {
                    _lost = false;
                    logger.FeedFound();
                }
            }
            catch (Exception) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!_lost)
                {
                    _lost = true;
                    logger.FeedLost(e);
                }
            }
        }
    }

    private async Task PauseAsync()
    {
        await Task.Delay(ShortestPause, time, _closing.Token);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        await Task.WhenAny(_notified.WaitAsync(ending.Token), Task.Delay(Period - ShortestPause, time, ending.Token));
        await ending.CancelAsync();
        while (_notified.CurrentCount > 0)
        {
            _notified.Wait(0, CancellationToken.None);
        }
    }

    /// <summary>
    /// Drops from the cache what changed since the last poll, and everything when the log is another one, or when the last poll is so long
    /// ago that it may be.
    /// </summary>
    private async Task PollAsync(CancellationToken cancellationToken)
    {
        FollowedChanges changes;
        long polledAt;
        do
        {
            polledAt = time.GetTimestamp();
            changes = await _log.ReadAsync(cancellationToken);

            // What was read after the last poll was read behind the event that proves that the log is the same.
            var isUnproved = changes.IsAnotherLog || !clients.IsFresh;
            Invalidate(changes, isUnproved);
            _isStatusOutdated |= isUnproved || changes.SetRegistrationStatus;
            if (_isStatusOutdated)
            {
                _registrationStatus = await ReadRegistrationStatusAsync(cancellationToken);
                _isStatusOutdated = false;
            }
        }
        while (!changes.IsComplete);
        _readOnly = changes.IsReadOnly;
        clients.ConfirmedAt(polledAt);
    }

    private void Invalidate(FollowedChanges changes, bool all)
    {
        if (changes.IsAnotherLog)
        {
            logger.AnotherLog();
        }

        if (all)
        {
            clients.InvalidateAll();
            return;
        }

        foreach (var row in changes.Rows)
        {
            if (row.Invalidates is { } id)
            {
                clients.Invalidate(id);
            }
        }
    }

    /// <summary>Keeps a connection open on which the database sends notifications.</summary>
    private async Task ListenAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _connection = await source.OpenConnectionAsync(_closing.Token);
                _connection.Notification += (_, _) => Notified();
                await using (var command = new NpgsqlCommand($"listen \"{channel}\"", _connection))
                {
                    await command.ExecuteNonQueryAsync(_closing.Token);
                }

                while (true)
                {
                    await _connection.WaitAsync(_closing.Token);
                }
            }
            catch (Exception) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException or IOException)
            {
                // Polling goes on without it, and logs what is wrong.
                await CloseAsync();
            }
        }
    }

    private void Notified()
    {
        if (_notified.CurrentCount == 0)
        {
            _notified.Release();
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            if (Interlocked.Exchange(ref _connection, null) is { } broken)
            {
                await broken.DisposeAsync();
            }

            await Task.Delay(Period, time, _closing.Token);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
            // The connection was broken already, or the store closes.
        }
    }
}
