using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>The members of <see cref="AlgorithmTable.Encryption"/>.</summary>
internal static class EncryptionRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var row in AlgorithmTable.Encryption)
        {
            var (alg, enc) = (registered.Text(row.AlgMember), registered.Text(row.EncMember));
            CheckSupport(row.AlgMember, alg, policy, violations);
            CheckSupport(row.EncMember, enc, policy, violations);
            if (enc is not null && alg is null)
            {
                violations.Add(
                    row.EncMember, $"{row.EncMember} is present without {row.AlgMember} (OpenID Connect Registration section 2).");
            }

            if (alg is not null && SigningRules.SecretFault(alg, registered) is { } fault)
            {
                violations.Add(row.AlgMember, $"{row.AlgMember} {fault}");
            }
        }
    }

    private static void CheckSupport(MetadataMember member, string? value, RegistrationPolicy policy, Violations violations)
    {
        if (value is not null && !policy.Capabilities.Of(member).Contains(value))
        {
            violations.Add(member, $"{member} has the unsupported value {Excerpt.Of(value)}. Supported: {policy.Capabilities.Of(member)}.");
        }
    }
}
