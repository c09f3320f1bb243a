using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Histories;
using GrpcDcr.Resilience.Tests.Injected;
using GrpcDcr.Resilience.Tests.Load;
using Npgsql;

namespace GrpcDcr.Resilience.Tests;

/// <summary>Load, one fault under it, and what came of both.</summary>
internal sealed class Round
{
    private const int ClientLoads = 10;
    private const int OperatorLoads = 3;
    private const double SecondsBefore = 0.7;
    private const double SecondsAfter = 0.3;
    private const int MaxShown = 10;
    private const int MaxOutput = 4_000;

    /// <summary>After the fault, all instances serve again, without anybody's doing.</summary>
    private static readonly TimeSpan LongestReturn = TimeSpan.FromSeconds(15);

    private readonly Cluster cluster;
    private readonly IFault fault;
    private readonly Recorder recorder;
    private readonly List<string> report = [];

    /// <param name="cluster">Whole.</param>
    /// <param name="fault">What happens to it.</param>
    /// <param name="name">Of this round; no other has it.</param>
    public Round(Cluster cluster, IFault fault, string name) => (this.cluster, this.fault, recorder) = (cluster, fault, new Recorder(name));

    /// <returns>What is worth to be known of it.</returns>
    public async Task<string> RunAsync()
    {
        var eventsBefore = await SettleAsync();
        var clientsBefore = await cluster.Trail.ClientsAsync();
        var (faultAt, overAt, returnedAt) = await RunLoadAsync();

        await SettleAsync();
        var clients = await cluster.Trail.ClientsAsync();
        var history = new History(
            eventsBefore,
            [.. recorder.Changes],
            [.. recorder.Looks],
            await cluster.Trail.EventsAsync(eventsBefore),
            clients.Where(client => !clientsBefore.ContainsKey(client.Key)).ToDictionary(StringComparer.Ordinal));

        var problems = HistoryChecker.ProblemsOf(history);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(MaxShown)));
        Assert.True(recorder.Surprises.IsEmpty, string.Join('\n', recorder.Surprises.Take(MaxShown).Concat(cluster.Instances.Select(Tail))));
        await AssertTablesAgreeAsync(clients);
        AssertFailures(faultAt, overAt, returnedAt);
        return Report(history, overAt, returnedAt);
    }

    private static string Tail(Instance instance) => $"{instance.Name}: ... {instance.Output[^Math.Min(instance.Output.Length, MaxOutput)..]}";

    private async Task<(TimeSpan FaultAt, TimeSpan OverAt, TimeSpan ReturnedAt)> RunLoadAsync()
    {
        using var ending = new CancellationTokenSource();
        using var lookupsEnding = new CancellationTokenSource();
        using var publicDoor = HttpDoor.Public(cluster.Public.Port, recorder);
        using var operatorDoor = HttpDoor.Operator(cluster.Operator.Port, recorder);
        var population = new Population(recorder);
        var load = Task.WhenAll(
        [
            .. Enumerable.Range(0, ClientLoads).Select(_ => new ClientLoad(publicDoor, recorder, population).RunAsync(ending.Token)),
            .. Enumerable.Range(0, OperatorLoads).Select(_ => new OperatorLoad(operatorDoor, recorder, population).RunAsync(ending.Token)),
        ]);
        var lookups = Task.WhenAll(
            cluster.Instances.Select(instance => new LookupLoad(instance, recorder, population).RunAsync(lookupsEnding.Token)));
        try
        {
            await FaultScene.WaitAsync(SecondsBefore);
            var scene = new FaultScene(cluster, recorder, population, report.Add);
            var faultAt = recorder.Now;
            await fault.InjectAsync(scene);
            var overAt = recorder.Now;
            var returns = await Task.WhenAll(cluster.Instances.Select(instance => scene.RegisterAsync(instance, LongestReturn)));
            await FaultScene.WaitAsync(SecondsAfter);
            return (faultAt, overAt, returns.Max());
        }
        finally
        {
            await ending.CancelAsync();
            await load;

            // Until what was remembered when the last change was made is too old.
            await FaultScene.WaitAsync(LookupLoad.MaxStaleness.TotalSeconds + SecondsAfter);
            await lookupsEnding.CancelAsync();
            await lookups;
        }
    }

    /// <summary>Waits until nothing changes any more: what was asked without an answer may still be under way.</summary>
    /// <returns>How many audit events there are.</returns>
    private async Task<long> SettleAsync()
    {
        const double Quiet = 0.4;
        await using var connection = await cluster.ConnectAsync();
        await using var command = new NpgsqlCommand("select last_sequence from audit_head", connection);
        for (long? before = null; ;)
        {
            var now = (long)(await command.ExecuteScalarAsync())!;
            if (now == before)
            {
                return now;
            }

            before = now;
            await FaultScene.WaitAsync(Quiet);
        }
    }

    /// <summary>What the instances say is what is in the tables.</summary>
    private async Task AssertTablesAgreeAsync(Dictionary<string, Stand> clients)
    {
        await using var connection = await cluster.ConnectAsync();
        await using var command = new NpgsqlCommand(
            "select (select count(*) from client), (select sum(version) from client), (select count(*) from audit_event), (select last_sequence from audit_head)",
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.Equal(clients.Count, reader.GetInt64(0));
        Assert.Equal(clients.Values.Sum(client => client.Version), reader.GetDecimal(1));
        Assert.Equal(reader.GetInt64(3), reader.GetInt64(2));
    }

    private void AssertFailures(TimeSpan faultAt, TimeSpan overAt, TimeSpan returnedAt)
    {
        var failures = recorder.Failures.Where(f =>
            fault.Worst is null || f.Kind > fault.Worst || f.End < faultAt || f.Begin > overAt + LongestReturn);
        Assert.Empty(failures.Take(MaxShown));
        Assert.True(returnedAt - overAt < LongestReturn, $"Service returned only {returnedAt - overAt} after the fault.");
    }

    private string Report(History history, TimeSpan overAt, TimeSpan returnedAt)
    {
        var told = history.Changes.CountBy(change => change.Told).ToDictionary();
        var failures = recorder.Failures.CountBy(failure => failure.Kind).ToDictionary();
        var last = recorder.Failures.MaxBy(failure => failure.Begin) ?? new Failure(overAt, overAt, FailureKind.Broken, "none");
        return $"{fault.Name}: {told.GetValueOrDefault(Told.Done)} changes acknowledged, {told.GetValueOrDefault(Told.Refused)} refused, "
            + $"{told.GetValueOrDefault(Told.Nothing)} without an answer; {history.Looks.Count} looks; {history.Events.Count} events; "
            + $"{failures.GetValueOrDefault(FailureKind.Refused)} calls put off, {failures.GetValueOrDefault(FailureKind.Broken)} broken; "
            + $"all serve {(returnedAt - overAt).TotalMilliseconds:0} ms after, last failure {(last.Begin - overAt).TotalMilliseconds:0} ms after ({last.What})"
            + string.Concat(report.Select(line => $"; {line}"));
    }
}
