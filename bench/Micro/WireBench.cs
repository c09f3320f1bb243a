using System.Text;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Credentials;
using GrpcDcr.Server.Wire.Discovery;
using GrpcDcr.Server.Wire.Http;
using GrpcDcr.Server.Wire.Mapping;

namespace GrpcDcr.Bench.Micro;

/// <summary>What lies between the bytes of a door and the domain.</summary>
[MemoryDiagnoser]
public class WireBench
{
    private readonly byte[] claude = Encoding.UTF8.GetBytes(SampleClients.Claude);
    private readonly byte[] partner = Encoding.UTF8.GetBytes(SampleClients.Partner);
    private readonly RegisteredClient client = SampleClients.Registered(SampleClients.Claude);
    private byte[] nested = [];

    [GlobalSetup]
    public void SetUp()
    {
        var secret = new Secret(SampleClients.Secret);
        var information = new ClientInformationMapping(new Here()).ToWire(new IssuedClient(client, secret, secret));
        nested = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(information));
    }

    [Benchmark]
    public int Fold_Claude() => MetadataJson.Fold(claude, SampleClients.NoneNamed).Count;

    [Benchmark]
    public int Fold_Partner_with_jwks() => MetadataJson.Fold(partner, SampleClients.NoneNamed).Count;

    [Benchmark]
    public int Flatten() => ClientInformationJson.Flatten(nested).WrittenCount;

    [Benchmark]
    public int Client_for_the_directory() => client.ToDirectoryClient().CalculateSize();

    private sealed class Here : IPublicOrigin
    {
        public string Value => "https://as.example";
    }
}
