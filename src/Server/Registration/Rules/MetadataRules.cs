using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Registration.Rules;

/// <summary>The rules of registration, RFC 7591 section 2: their table of contents. A pure function that never throws.</summary>
internal static class MetadataRules
{
    internal static MetadataJudgement Judge(ClientMetadata asked, RegistrationPolicy policy)
    {
        var registered = asked;
        var violations = new Violations();
        return new MetadataJudgement(registered, violations.Found);
    }
}
