using System.Net;
using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Bench.Micro;

/// <summary>What it costs to decide who gets in.</summary>
[MemoryDiagnoser]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The harness calls CleanUp, not Dispose.")]
public class AdmissionBench
{
    private readonly AddressWindow _window = new(int.MaxValue, int.MaxValue, TimeProvider.System);
    private readonly IPAddress[] _addresses = [.. Enumerable.Range(0, 4096).Select(i => new IPAddress([10, 0, (byte)(i >> 8), (byte)i]))];
    private readonly SecretHash _hash = SecretHash.Of(SampleClients.Secret);
    private int _next;

    [Benchmark]
    public bool Acquire()
    {
        _next = (_next + 1) % _addresses.Length;
        using var lease = _window.AttemptAcquire(_addresses[_next]);
        return lease.IsAcquired;
    }

    [Benchmark]
    public bool Secret_matches() => _hash.Matches(SampleClients.Secret);

    [GlobalCleanup]
    public void CleanUp() => _window.Dispose();
}
