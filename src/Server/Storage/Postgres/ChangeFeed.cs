using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// Follows what other instances change, in the audit log, which has every change in order and without gaps. It looks four times a second,
/// and at once when it is notified: a lost notification costs a quarter of a second, never a change.
/// </summary>
/// <param name="source">The pool; one connection is the feed's own.</param>
/// <param name="channel">Where instances tell each other; <see langword="null"/> where they do not.</param>
/// <param name="clients">Forgets what changed.</param>
/// <param name="time">Says when to look.</param>
/// <param name="logger">Hears when the database is lost and found.</param>
internal sealed class ChangeFeed(NpgsqlDataSource source, string? channel, FreshClients clients, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int MaxRows = 10_000;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>Under a storm of notifications it looks this often, not for each of them.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _notified = new(0);
    private NpgsqlConnection? _connection;
    private Task _following = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;
    private long _last;
    private volatile RegistrationStatus? _state;
    private volatile bool _lost;
    private volatile bool _readOnly;

    /// <summary>The switch of registration as it was last heard of.</summary>
    public RegistrationStatus? Switch => _state;

    /// <summary>What is wrong with the database, as far as asking it shows; <see langword="null"/> when nothing is.</summary>
    public string? Problem => _lost ? "The database does not answer." : _readOnly ? "The database is read-only." : null;

    /// <summary>Starts from where the audit log ends now.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _last = (await source.AskAsync("select last_sequence from audit_head where id = 1", row => row.GetInt64(0), cancellationToken))[0];
        _state = await ReadSwitchAsync(cancellationToken);
        await LookAsync(cancellationToken);
        _following = Task.Run(FollowAsync, CancellationToken.None);
        if (channel is not null)
        {
            _listening = Task.Run(ListenAsync, CancellationToken.None);
        }
    }

    /// <summary>The switch as it is stored now.</summary>
    public async Task<RegistrationStatus> ReadSwitchAsync(CancellationToken cancellationToken)
    {
        var stored = await source.AskAsync(
            "select record from registration_switch where id = 1", row => RegistrationStatusRecord.Decode(row.GetFieldValue<byte[]>(0)), cancellationToken);
        return stored.Count == 0 ? RegistrationStatus.Enabled : stored[0];
    }

    /// <summary>This instance itself turned the switch.</summary>
    public void Turned(RegistrationStatus next) => _state = next;

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
                await LookAsync(_closing.Token);
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

    /// <summary>Forgets what changed since the last look.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        int rows;
        long asked;
        do
        {
            asked = time.GetTimestamp();
            var turned = false;
            var changed = await source.AskAsync(
                "select sequence, outdates, turns_switch, current_setting('transaction_read_only') from audit_event "
                + "where sequence > $1 and (outdates is not null or turns_switch) "
                + "union all select last_sequence, null, false, current_setting('transaction_read_only') from audit_head "
                + "order by 1, 2 nulls last, 3 desc limit $2",
                row => (Sequence: row.GetInt64(0), Client: row.IsDBNull(1) ? (Guid?)null : row.GetGuid(1), Turns: row.GetBoolean(2), ReadOnly: row.GetString(3)),
                cancellationToken,
                Value(_last),
                Value(MaxRows));
            rows = changed.Count;
            foreach (var change in changed)
            {
                if (change.Client is { } id)
                {
                    clients.Forget(new ClientId(id));
                }

                turned |= change.Turns;
                _readOnly = change.ReadOnly == "on";
            }

            // A database that lost its last changes, such as one restored from a backup, gives their numbers again to others.
            var isReset = rows < MaxRows && changed[^1].Sequence < _last;
            if (isReset)
            {
                clients.ForgetAll();
            }

            if (turned || isReset)
            {
                _state = await ReadSwitchAsync(cancellationToken);
            }

            _last = changed[^1].Sequence;
        }
        while (rows == MaxRows);
        clients.HeardAt(asked);
    }

    /// <summary>Keeps a connection on which the database tells of changes.</summary>
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
                // Looking goes on without it, and says what is wrong.
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
            // It had broken, or the store closes.
        }
    }
}
