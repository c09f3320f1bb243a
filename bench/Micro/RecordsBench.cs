using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Bench.Micro;

/// <summary>What the stored form costs.</summary>
[MemoryDiagnoser]
public class RecordsBench
{
    private readonly RegisteredClient client = SampleClients.Registered(SampleClients.Claude);
    private byte[] record = [];

    [GlobalSetup]
    public void SetUp() => record = ClientRecord.Encode(client);

    [Benchmark]
    public int Encode() => ClientRecord.Encode(client).Length;

    [Benchmark]
    public long Decode() => ClientRecord.Decode(record).Version;
}
