namespace GrpcDcr.Bench.Load.Driving;

/// <summary>When the requests of a connection are due, in <see cref="System.Diagnostics.Stopwatch"/> timestamps.</summary>
/// <param name="First">The first one.</param>
/// <param name="Apart">From one to the next.</param>
/// <param name="End">No more from here on.</param>
internal sealed record Schedule(long First, long Apart, long End);
