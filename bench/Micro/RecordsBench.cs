using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Bench.Micro;

/// <summary>What the stored form costs.</summary>
[MemoryDiagnoser]
public class RecordsBench
{
    private readonly RegisteredClient _client = SampleClients.Registered(SampleClients.Claude);
    private byte[] _record = [];

    [GlobalSetup]
    public void SetUp() => _record = ClientRecord.Encode(_client);

    [Benchmark]
    public int Encode() => ClientRecord.Encode(_client).Length;

    [Benchmark]
    public long Decode() => ClientRecord.Decode(_record).Version;
}
