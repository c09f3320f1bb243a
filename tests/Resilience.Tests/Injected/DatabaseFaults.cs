using System.Collections.Concurrent;
using GrpcDcr.Resilience.Tests.Load;
using Npgsql;

namespace GrpcDcr.Resilience.Tests.Injected;

/// <summary>The database is restarted.</summary>
/// <param name="how"><c>fast</c>: in order. <c>immediate</c>: as by a crash, with recovery at the start.</param>
internal sealed class RestartDatabase(string how) : IFault
{
    public string Name => $"PostgreSQL is restarted, {how}";

    public FailureKind? Worst => FailureKind.Refused;

    public async Task InjectAsync(FaultScene scene)
    {
        await scene.Cluster.Database.StopAsync(how);
        await scene.Cluster.Database.StartAgainAsync();
    }
}

/// <summary>The database is away for longer than anybody waits.</summary>
internal sealed class StopDatabase : IFault
{
    private const double Seconds = 10;

    public string Name => "PostgreSQL is away for 10 seconds";

    public FailureKind? Worst => FailureKind.Refused;

    public async Task InjectAsync(FaultScene scene)
    {
        await scene.Cluster.Database.StopAsync();
        try
        {
            await FaultScene.WaitAsync(Seconds);
        }
        finally
        {
            await scene.Cluster.Database.StartAgainAsync();
        }
    }
}

/// <summary>The sessions of the service end, and before it has new ones somebody else takes all that the database has.</summary>
internal sealed class FillConnections : IFault
{
    private const double Seconds = 3;

    /// <summary>Who take connections at the same time; more than there are instances.</summary>
    private const int Takers = 8;

    public string Name => "all connections of PostgreSQL are taken";

    public FailureKind? Worst => FailureKind.Refused;

    public async Task InjectAsync(FaultScene scene)
    {
        await using var own = await scene.Cluster.ConnectAsync();
        var taken = new ConcurrentBag<NpgsqlConnection>();
        using var ending = new CancellationTokenSource();
        var taking = Task.WhenAll(Enumerable.Range(0, Takers).Select(_ => TakeAllAsync(scene, taken, ending.Token)));
        try
        {
            while (!await IsFullAsync(own))
            {
                await FaultScene.WaitAsync(0.05);
            }

            await FaultScene.WaitAsync(Seconds);
            scene.Log($"{taken.Count} connections were taken");
        }
        finally
        {
            await ending.CancelAsync();
            await taking;
            foreach (var connection in taken)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>Ends the sessions of the service, as long as there are any, so that the next taker has their places.</summary>
    private static async Task<bool> IsFullAsync(NpgsqlConnection connection)
    {
        await using var ending = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) filter (where application_name = 'GrpcDcr') = 0 "
            + "and count(*) >= current_setting('max_connections')::int from pg_stat_activity where backend_type = 'client backend'",
            connection);
        return (bool)(await ending.ExecuteScalarAsync())!;
    }

    private static async Task TakeAllAsync(FaultScene scene, ConcurrentBag<NpgsqlConnection> taken, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                taken.Add(await scene.Cluster.ConnectAsync());
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await FaultScene.WaitAsync(0.005);
            }
        }
    }
}
