using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Histories;

namespace GrpcDcr.Resilience.Tests.Load;

/// <summary>An operator who approves, suspends and reinstates clients, while these update and delete themselves.</summary>
internal sealed class OperatorLoad(HttpDoor door, Recorder recorder, Population population)
{
    private static readonly string[] Acts = ["approve", "suspend", "reinstate", "suspend", "reinstate"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public async Task RunAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            if (population.Undecided.Reader.TryRead(out var client))
            {
                await DecideAsync(client, ending);
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task DecideAsync(OwnClient client, CancellationToken ending)
    {
        population.Watch(client);
        foreach (var act in Acts)
        {
            var (mark, begin) = (recorder.NextMark(), recorder.Now);
            var answer = await door.SendAsync(
                HttpMethod.Post, $"/admin/v1/clients/{client.Id}:{act}", Cluster.OperatorToken, new { reason = mark });
            recorder.Changed(mark, client.Id, begin, answer switch { null => Told.Nothing, { Succeeded: true } => Told.Done, _ => Told.Refused });
            if (answer is not { Succeeded: true } || ending.IsCancellationRequested)
            {
                // Without an answer nobody knows which act is next; a client may have deleted itself.
                return;
            }
        }
    }
}
