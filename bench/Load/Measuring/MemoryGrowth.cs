using System.Diagnostics.Tracing;
using GrpcDcr.Bench.Load.Subjects;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace GrpcDcr.Bench.Load.Measuring;

/// <summary>What the service keeps in memory after so many registrations.</summary>
/// <param name="Registrations">Since the start.</param>
/// <param name="HeapBytes">What is alive on the managed heap, right after a complete collection.</param>
/// <param name="ResidentBytes">What the process takes of the machine then.</param>
internal sealed record MemorySample(int Registrations, long HeapBytes, long ResidentBytes);

internal static class MemoryGrowth
{
    public static async Task<IReadOnlyList<MemorySample>> RunAsync(Service service, int step, int total)
    {
        // What the first requests load stays for good, and is no growth.
        await service.RegisterAsync(1000);
        var samples = new List<MemorySample> { await SampleAsync(service.Process, 1000) };
        for (var registered = step; registered <= total; registered += step)
        {
            await service.RegisterAsync(registered == step ? step - 1000 : step);
            samples.Add(await SampleAsync(service.Process, registered));
        }

        return samples;
    }

    private static async Task<MemorySample> SampleAsync(PinnedProcess process, int registrations)
    {
        var heap = await Task.Run(() => LiveHeap(process.Id));
        return new MemorySample(registrations, heap, process.ResidentBytes);
    }

    /// <summary>
    /// A session that asks for the heap makes the runtime collect completely; the size it reports afterwards is what is alive.
    /// </summary>
    private static long LiveHeap(int process)
    {
        const long Collect = (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect);
        var provider = new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, Collect);
        using var session = new DiagnosticsClient(process).StartEventPipeSession([provider], requestRundown: false);
        using var events = new EventPipeEventSource(session.EventStream);
        long? alive = null;
        var collecting = -1;
        events.Clr.GCStart += gc => collecting = gc.Depth == 2 ? gc.Count : collecting;
        events.Clr.GCHeapStats += heap =>
        {
            if (collecting >= 0 && alive is null)
            {
                alive = heap.TotalHeapSize;

                // Not waited for here: the session ends by events that this thread has to read.
                _ = session.StopAsync(CancellationToken.None);
            }
        };
        events.Process();
        return alive ?? throw new InvalidOperationException("The runtime did not report its heap.");
    }
}
