using Npgsql;

namespace GrpcDcr.Faults.Tests.Injected;

/// <summary>The database is restarted.</summary>
/// <param name="how"><c>fast</c>: in order. <c>immediate</c>: as by a crash, with recovery at the start.</param>
internal sealed class RestartDatabase(string how) : IFault
{
    public string Name => $"PostgreSQL is restarted, {how}";

    public bool BreaksConnections => false;

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

    public bool BreaksConnections => false;

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

    public string Name => "all connections of PostgreSQL are taken";

    public bool BreaksConnections => false;

    public async Task InjectAsync(FaultScene scene)
    {
        var taken = new List<NpgsqlConnection>();
        try
        {
            await TakeAllAsync(scene, taken);
            while (await EndSessionsAsync(taken[0]) > 0)
            {
                await TakeAllAsync(scene, taken);
            }

            await FaultScene.WaitAsync(Seconds);
            scene.Log($"{taken.Count} connections were taken");
        }
        finally
        {
            foreach (var connection in taken)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <returns>How many sessions of the service there were.</returns>
    private static async Task<long> EndSessionsAsync(NpgsqlConnection connection)
    {
        await using var ending = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid, 1000)) from pg_stat_activity where application_name = 'GrpcDcr'", connection);
        return (long)(await ending.ExecuteScalarAsync())!;
    }

    private static async Task TakeAllAsync(FaultScene scene, List<NpgsqlConnection> taken)
    {
        try
        {
            while (true)
            {
                taken.Add(await scene.Cluster.ConnectAsync());
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // All that there are.
        }
    }
}
