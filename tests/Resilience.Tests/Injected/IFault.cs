using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Load;

namespace GrpcDcr.Resilience.Tests.Injected;

/// <summary>Something that goes wrong under load, and is over again when <see cref="InjectAsync"/> returns.</summary>
internal interface IFault
{
    /// <summary>In words, as the test is named.</summary>
    string Name { get; }

    /// <summary>The worst that callers may see of it; <see langword="null"/> when no call may fail.</summary>
    FailureKind? Worst { get; }

    /// <summary>Makes it happen and ends it. Whatever happens, the cluster is whole again.</summary>
    Task InjectAsync(FaultScene scene);
}

/// <summary>Nothing goes wrong. Then no call fails.</summary>
internal sealed class NoFault : IFault
{
    private const double Seconds = 1.5;

    public string Name => "nothing happens";

    public FailureKind? Worst => null;

    public Task InjectAsync(FaultScene scene) => FaultScene.WaitAsync(Seconds);
}

/// <summary>Where a fault happens.</summary>
/// <param name="Cluster">To whom.</param>
/// <param name="Recorder">Hears of calls that are made meanwhile.</param>
/// <param name="Population">Whom the load is about.</param>
/// <param name="Log">Takes what is worth to be reported.</param>
internal sealed record FaultScene(Cluster Cluster, Recorder Recorder, Population Population, Action<string> Log)
{
    public static Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    /// <summary>Looks up at one instance whom the load is about.</summary>
    public Task LookUpAsync(Instance instance) => new LookupLoad(instance, Recorder, Population).LookAsync();

    /// <summary>Registers at one instance until that succeeds.</summary>
    /// <param name="instance">Where, without a proxy.</param>
    /// <param name="patience">For how long it is tried.</param>
    /// <returns>When it was answered, by the clock of the recorder.</returns>
    public async Task<TimeSpan> RegisterAsync(Instance instance, TimeSpan patience)
    {
        using var listener = HttpListenerClient.Public(instance.PublicPort, Recorder);
        var client = new ClientLoad(listener, Recorder, Population);
        var start = Recorder.Now;
        while (await client.RegisterAsync() is null)
        {
            Assert.True(
                Recorder.Now - start < patience, $"{instance.Name} takes no registration {patience} after. It wrote:\n{instance.Output}");
            await WaitAsync(0.025);
        }

        return Recorder.Now;
    }
}
