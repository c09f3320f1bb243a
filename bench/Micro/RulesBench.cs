using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Bench.Micro;

/// <summary>What the rules cost for one registration.</summary>
[MemoryDiagnoser]
public class RulesBench
{
    private readonly RegistrationPolicy _policy = new(new RegistrationOptions());
    private readonly ClientMetadata _vsCode = SampleClients.MetadataOf(SampleClients.VsCode);
    private readonly ClientMetadata _claude = SampleClients.MetadataOf(SampleClients.Claude);
    private readonly ClientMetadata _partner = SampleClients.MetadataOf(SampleClients.Partner);

    [Benchmark]
    public bool Validate_VsCode() => MetadataRules.Validate(_vsCode, _policy).IsAcceptable;

    [Benchmark]
    public bool Validate_Claude() => MetadataRules.Validate(_claude, _policy).IsAcceptable;

    [Benchmark]
    public bool Validate_Partner_with_jwks() => MetadataRules.Validate(_partner, _policy).IsAcceptable;
}
