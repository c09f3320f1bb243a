using System.Net;
using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Histories;

namespace GrpcDcr.Resilience.Tests.Load;

/// <summary>An administrator who approves, suspends and reinstates clients, while these update and delete themselves.</summary>
internal sealed class AdminLoad(HttpListenerClient listener, Recorder recorder, Population population)
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
            var (mark, begin, answer) = (recorder.NextMark(), recorder.Now, (Answer?)null);
            do
            {
                // Where the client changes itself meanwhile, the administrator looks again.
                begin = recorder.Now;
                answer = await ActAsync(client, act, mark);
            }
            while (answer is { Status: HttpStatusCode.Conflict } && !ending.IsCancellationRequested);
            recorder.Changed(
                mark, client.Id, begin, answer switch { null => Told.Nothing, { Succeeded: true } => Told.Done, _ => Told.Refused });
            if (answer is not { Succeeded: true } || ending.IsCancellationRequested)
            {
                // Without an answer nobody knows which act is next; a client may have deleted itself.
                return;
            }
        }
    }

    private async Task<Answer?> ActAsync(OwnClient client, string act, string mark)
    {
        var path = $"/admin/v1/clients/{client.Id}";
        var seen = await listener.SendAsync(HttpMethod.Get, path, Cluster.AdminToken, null);
        return seen is { Succeeded: true }
            ? await listener.SendAsync(
                HttpMethod.Post, $"{path}:{act}", Cluster.AdminToken, new { reason = mark, etag = seen.Text("etag") })
            : seen;
    }
}
