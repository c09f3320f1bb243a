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
    private const int AdminLoads = 3;
    private const double SecondsBefore = 0.7;
    private const double SecondsAfter = 0.3;
    private const int MaxShown = 10;
    private const int MaxOutput = 4_000;

    /// <summary>After the fault, all instances serve again, without anybody's doing.</summary>
    private static readonly TimeSpan LongestReturn = TimeSpan.FromSeconds(15);

    private readonly Cluster _cluster;
    private readonly IFault _fault;
    private readonly Recorder _recorder;
    private readonly List<string> _report = [];

    /// <param name="cluster">Whole.</param>
    /// <param name="fault">What happens to it.</param>
    /// <param name="name">Of this round; no other has it.</param>
    public Round(Cluster cluster, IFault fault, string name) => (_cluster, _fault, _recorder) = (cluster, fault, new Recorder(name));

    /// <returns>What is worth to be known of it.</returns>
    public async Task<string> RunAsync()
    {
        var eventsBefore = await SettleAsync();
        var clientsBefore = await _cluster.Trail.ClientsAsync();
        var (faultAt, overAt, returnedAt) = await RunLoadAsync();

        await SettleAsync();
        var clients = await _cluster.Trail.ClientsAsync();
        var history = new History(
            eventsBefore,
            [.. _recorder.Changes],
            [.. _recorder.Looks],
            await _cluster.Trail.EventsAsync(eventsBefore),
            clients.Where(client => !clientsBefore.ContainsKey(client.Key)).ToDictionary(StringComparer.Ordinal));

        var problems = HistoryChecker.ProblemsOf(history);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(MaxShown)));
        Assert.True(
            _recorder.Surprises.IsEmpty, string.Join('\n', _recorder.Surprises.Take(MaxShown).Concat(_cluster.Instances.Select(Tail))));
        await AssertTablesAgreeAsync(clients);
        AssertFailures(faultAt, overAt, returnedAt);
        return Report(history, overAt, returnedAt);
    }

    private static string Tail(Instance instance) =>
        $"{instance.Name}: ... {instance.Output[^Math.Min(instance.Output.Length, MaxOutput)..]}";

    private async Task<(TimeSpan FaultAt, TimeSpan OverAt, TimeSpan ReturnedAt)> RunLoadAsync()
    {
        using var ending = new CancellationTokenSource();
        using var lookupsEnding = new CancellationTokenSource();
        using var publicListener = HttpListenerClient.Public(_cluster.Public.Port, _recorder);
        using var adminListener = HttpListenerClient.Admin(_cluster.Admin.Port, _recorder);
        var population = new Population(_recorder);
        var load = Task.WhenAll(
        [
            .. Enumerable.Range(0, ClientLoads).Select(_ => new ClientLoad(publicListener, _recorder, population).RunAsync(ending.Token)),
            .. Enumerable.Range(0, AdminLoads).Select(_ => new AdminLoad(adminListener, _recorder, population).RunAsync(ending.Token)),
        ]);
        var lookups = Task.WhenAll(
            _cluster.Instances.Select(instance => new LookupLoad(instance, _recorder, population).RunAsync(lookupsEnding.Token)));
        try
        {
            await FaultScene.WaitAsync(SecondsBefore);
            var scene = new FaultScene(_cluster, _recorder, population, _report.Add);
            var faultAt = _recorder.Now;
            await _fault.InjectAsync(scene);
            var overAt = _recorder.Now;
            var returns = await Task.WhenAll(_cluster.Instances.Select(instance => scene.RegisterAsync(instance, LongestReturn)));
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
        await using var connection = await _cluster.ConnectAsync();
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
        await using var connection = await _cluster.ConnectAsync();
        await using var command = new NpgsqlCommand(
            "select (select count(*) from client), (select sum(version) from client), (select count(*) from audit_event), (select "
                + "last_sequence from audit_head)",
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.Equal(clients.Count, reader.GetInt64(0));
        Assert.Equal(clients.Values.Sum(client => client.Version), reader.GetDecimal(1));
        Assert.Equal(reader.GetInt64(3), reader.GetInt64(2));
    }

    private void AssertFailures(TimeSpan faultAt, TimeSpan overAt, TimeSpan returnedAt)
    {
        var failures = _recorder.Failures.Where(f =>
            _fault.Worst is null || f.Kind > _fault.Worst || f.End < faultAt || f.Begin > overAt + LongestReturn);
        Assert.Empty(failures.Take(MaxShown));
        Assert.True(returnedAt - overAt < LongestReturn, $"Service returned only {returnedAt - overAt} after the fault.");
    }

    private string Report(History history, TimeSpan overAt, TimeSpan returnedAt)
    {
        var told = history.Changes.CountBy(change => change.Told).ToDictionary();
        var failures = _recorder.Failures.CountBy(failure => failure.Kind).ToDictionary();
        var last = _recorder.Failures.MaxBy(failure => failure.Begin) ?? new Failure(overAt, overAt, FailureKind.Broken, "none");
        return $"{_fault.Name}: {told.GetValueOrDefault(Told.Done)} changes acknowledged, {told.GetValueOrDefault(Told.Refused)} refused, "
            + $"{told.GetValueOrDefault(Told.Nothing)} without an answer; {history.Looks.Count} looks; {history.Events.Count} events; "
            + $"{failures.GetValueOrDefault(FailureKind.Refused)} calls put off, {failures.GetValueOrDefault(FailureKind.Broken)} broken; "
            + $"all serve {(returnedAt - overAt).TotalMilliseconds:0} ms after, last failure {(last.Begin - overAt).TotalMilliseconds:0} "
                + $"ms after ({last.What})"
            + string.Concat(_report.Select(line => $"; {line}"));
    }
}
