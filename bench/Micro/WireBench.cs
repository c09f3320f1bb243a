using System.Text;
using BenchmarkDotNet.Attributes;
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
    private readonly ClientInformationJson answers = new(new Here());

    [Benchmark]
    public int Read_Claude() => MetadataJson.Read(claude, SampleClients.NoneNamed).RedirectUris.Count;

    [Benchmark]
    public int Read_Partner_with_jwks() => MetadataJson.Read(partner, SampleClients.NoneNamed).RedirectUris.Count;

    [Benchmark]
    public int Answer() => answers.Write(new IssuedClient(client, new Secret(SampleClients.Secret), new Secret(SampleClients.Secret))).WrittenCount;

    [Benchmark]
    public int Client_for_the_directory() => client.ToDirectoryClient().CalculateSize();

    private sealed class Here : IPublicOrigin
    {
        public string Value => "https://as.example";
    }
}
