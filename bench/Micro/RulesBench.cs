using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Bench.Micro;

/// <summary>What the rules cost for one registration.</summary>
[MemoryDiagnoser]
public class RulesBench
{
    private readonly RegistrationPolicy policy = new(new RegistrationOptions());
    private readonly ClientMetadata vsCode = SampleClients.MetadataOf(SampleClients.VsCode);
    private readonly ClientMetadata claude = SampleClients.MetadataOf(SampleClients.Claude);
    private readonly ClientMetadata partner = SampleClients.MetadataOf(SampleClients.Partner);

    [Benchmark]
    public bool Judge_VsCode() => MetadataRules.Judge(vsCode, policy).IsAcceptable;

    [Benchmark]
    public bool Judge_Claude() => MetadataRules.Judge(claude, policy).IsAcceptable;

    [Benchmark]
    public bool Judge_Partner_with_jwks() => MetadataRules.Judge(partner, policy).IsAcceptable;
}
