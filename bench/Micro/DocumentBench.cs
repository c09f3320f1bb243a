using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Bench.Micro;

/// <summary>What the forms of client metadata cost: a document read, a document written, the stored form, and the audit event.</summary>
[MemoryDiagnoser]
public class DocumentBench
{
    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly ClientInformationMapping _mapping = new(new Here());
    private readonly Secret _secret = new(SampleClients.Secret);
    private readonly Caller _caller = new(Actor.Applicant, "192.0.2.1", "0HN5Q2V9B6E1K:00000001");
    private byte[] _document = [];
    private byte[] _record = [];
    private RegisteredClient _client = SampleClients.Registered(SampleClients.Claude);
    private AuditEvent? _event;

    [Params("Claude", "Partner")]
    public string Sample { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        var document = Sample == "Claude" ? SampleClients.Claude : SampleClients.Partner;
        _document = Encoding.UTF8.GetBytes(document);
        _client = SampleClients.Registered(document);
        _record = ClientRecord.Encode(_client);
        _event = AuditEvents.Registered(_client, _caller);
    }

    [Benchmark]
    public int In() =>
        OAuthDocumentReader.ReadRegistration(_document, SampleClients.NoneNamed).RedirectUris.Count;

    [Benchmark]
    public long Out()
    {
        _output.ResetWrittenCount();
        var issued = _mapping.WithoutMetadata(new IssuedClient(_client, _secret, _secret));
        return ClientInformationWriter.Write(_output, issued, _client.Latest);
    }

    [Benchmark]
    public int Encode() => ClientRecord.Encode(_client).Length;

    [Benchmark]
    public object Event() => AuditEvents.Registered(_client, _caller);

    [Benchmark]
    public int Encode_event() => AuditRecord.Encode(_event!).Length;

    [Benchmark]
    public int Decode() => ClientRecord.Decode(_record).Metadata.Values.Count;

    [Benchmark]
    public int Client_for_the_directory() => _client.ToDirectoryClient(full: true).CalculateSize();

    private sealed class Here : IPublicOrigin
    {
        public string Value => "https://as.example";
    }
}
