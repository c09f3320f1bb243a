using System.Text;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;

namespace GrpcDcr.Bench.Micro;

/// <summary>What lies between the bytes of a door and the domain.</summary>
[MemoryDiagnoser]
public class WireBench
{
    private readonly byte[] _claude = Encoding.UTF8.GetBytes(SampleClients.Claude);
    private readonly byte[] _partner = Encoding.UTF8.GetBytes(SampleClients.Partner);
    private readonly RegisteredClient _client = SampleClients.Registered(SampleClients.Claude);
    private byte[] _nested = [];

    [GlobalSetup]
    public void SetUp()
    {
        var secret = new Secret(SampleClients.Secret);
        var information = new ClientInformationMapping(new Here()).ToMessage(new IssuedClient(_client, secret, secret));
        _nested = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(information));
    }

    [Benchmark]
    public int Fold_Claude() => MetadataJson.Fold(_claude, SampleClients.NoneNamed).Count;

    [Benchmark]
    public int Fold_Partner_with_jwks() => MetadataJson.Fold(_partner, SampleClients.NoneNamed).Count;

    [Benchmark]
    public int Flatten() => ClientInformationJson.Flatten(_nested).WrittenCount;

    [Benchmark]
    public int Client_for_the_directory() => _client.ToDirectoryClient().CalculateSize();

    private sealed class Here : IPublicOrigin
    {
        public string Value => "https://as.example";
    }
}
