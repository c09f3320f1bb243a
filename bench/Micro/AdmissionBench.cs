using System.Net;
using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Wire.Admission;
using Microsoft.AspNetCore.Http;

namespace GrpcDcr.Bench.Micro;

/// <summary>What it costs to decide who gets in.</summary>
[MemoryDiagnoser]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The harness calls CleanUp, not Dispose.")]
public class AdmissionBench
{
    private readonly AddressWindow window = new(int.MaxValue, int.MaxValue, TimeProvider.System);
    private readonly IPAddress[] addresses = [.. Enumerable.Range(0, 4096).Select(i => new IPAddress([10, 0, (byte)(i >> 8), (byte)i]))];
    private readonly SecretHash hash = SecretHash.Of(SampleClients.Secret);
    private readonly RoleGate gate = new("directory", [SecretHash.Of(SampleClients.Secret), SecretHash.Of("of-the-operator")]);
    private readonly DefaultHttpContext call = new();
    private int next;

    [GlobalSetup]
    public void SetUp() => call.Request.Headers.Authorization = $"Bearer {SampleClients.Secret}";

    [Benchmark]
    public bool Acquire()
    {
        next = (next + 1) % addresses.Length;
        using var lease = window.AttemptAcquire(addresses[next]);
        return lease.IsAcquired;
    }

    [Benchmark]
    public bool Secret_matches() => hash.Matches(SampleClients.Secret);

    [Benchmark]
    public async Task Role_is_admitted() => await gate.AdmitAsync(call);

    [GlobalCleanup]
    public void CleanUp() => window.Dispose();
}
