using GrpcDcr.Resilience.Tests.Load;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Resilience.Tests.Injected;

/// <summary>An instance dies without notice, and a supervisor starts it again.</summary>
internal sealed class KillInstance : IFault
{
    public string Name => "an instance is killed";

    public FailureKind? Worst => FailureKind.Broken;

    public async Task InjectAsync(FaultScene scene)
    {
        var instance = scene.Cluster.Instances[1];
        await instance.KillAsync();
        await instance.StartAsync();
    }
}

/// <summary>An instance stands still in the middle of whatever it does. The others go on.</summary>
internal sealed class PauseInstance : IFault
{
    private const double Seconds = 3;
    private const int Questions = 4;

    /// <summary>The database gives up on a session that stands still after a second; the rest is for a busy machine.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2.5);

    public string Name => "an instance stands still";

    public FailureKind? Worst => FailureKind.Refused;

    public async Task InjectAsync(FaultScene scene)
    {
        var instance = scene.Cluster.Instances[2];
        await instance.PauseAsync();
        var start = scene.Recorder.Now;
        var looking = Task.CompletedTask;
        try
        {
            var longest = TimeSpan.Zero;
            while (scene.Recorder.Now - start < TimeSpan.FromSeconds(Seconds))
            {
                foreach (var other in scene.Cluster.Instances.Where(other => other != instance))
                {
                    var begin = scene.Recorder.Now;
                    var wait = await scene.RegisterAsync(other, TimeSpan.FromSeconds(Seconds)) - begin;
                    longest = wait > longest ? wait : longest;
                }
            }

            scene.Log($"the others took at most {longest.TotalMilliseconds:0} ms meanwhile");
            Assert.True(longest < LongestWait, $"An instance that stood still held up the others for {longest}.");

            // The first it does when it goes on: it must not answer from the memory it had before.
            looking = Task.WhenAll(Enumerable.Range(0, Questions).Select(_ => scene.LookUpAsync(instance)));
            await FaultScene.WaitAsync(0.05);
        }
        finally
        {
            await instance.ResumeAsync();
            await looking;
        }
    }
}

/// <summary>The clock of an instance is wrong: an hour fast from its start, then set back by two days.</summary>
internal sealed class SkewClock : IFault
{
    private const double Seconds = 1.2;

    public string Name => "the clock of an instance is wrong";

    public FailureKind? Worst => FailureKind.Broken;

    public async Task InjectAsync(FaultScene scene)
    {
        var library = Required.Program(
            "libfaketime.so.1", "faketime", "Wrong clocks are", System.IO.Directory.GetDirectories("/usr/lib")
                .Select(folder => Path.Combine(folder, "faketime")));
        var instance = scene.Cluster.Instances[1];
        var clock = Path.GetTempFileName();
        try
        {
            await instance.EndAsync();
            await File.WriteAllTextAsync(clock, "+3600");

            // Time-outs of a real machine go by its monotonic clock, which is never wrong. The file is read once a second.
            await instance.StartAsync(
                ("LD_PRELOAD", library), ("FAKETIME_TIMESTAMP_FILE", clock), ("FAKETIME_CACHE_DURATION", "1"), (
                    "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
            await FaultScene.WaitAsync(Seconds);
            await File.WriteAllTextAsync(clock, "-172800");
            await FaultScene.WaitAsync(Seconds + Seconds);
        }
        finally
        {
            await instance.KillAsync();
            await instance.StartAsync();
            File.Delete(clock);
        }
    }
}
