using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Validation;

/// <summary><c>software_id</c> and <c>software_version</c>, RFC 7591 section 2: opaque, compared exactly.</summary>
internal static class SoftwareRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        Check(CoreMembers.SoftwareId);
        Check(CoreMembers.SoftwareVersion);
        if (policy.SoftwareId is { } only && registered.Text(CoreMembers.SoftwareId) != only)
        {
            violations.Add(
                CoreMembers.SoftwareId,
                $"software_id is not the one that the token or statement is for, {Excerpt.Of(only)} (RFC 7591 section 5).");
        }

        void Check(MetadataMember member)
        {
            if (registered.Text(member) is { } value && TextRules.Fault(value, policy.Limits.TextLength) is { } fault)
            {
                violations.Add(member, $"{member} {fault}.");
            }
        }
    }
}
