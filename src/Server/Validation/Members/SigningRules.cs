using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>The members of <see cref="AlgorithmTable.Signing"/>.</summary>
internal static class SigningRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var row in AlgorithmTable.Signing)
        {
            if (registered.Text(row.Member) is { } alg && Fault(row.Member, alg, registered, policy) is { } fault)
            {
                violations.Add(row.Member, $"{row.Member} {fault}");
            }
        }
    }

    private static string? Fault(MetadataMember member, string alg, ClientMetadata registered, RegistrationPolicy policy)
    {
        var supported = policy.Capabilities.Of(member);
        if (!supported.Contains(alg))
        {
            return $"has the unsupported value {Excerpt.Of(alg)}. Supported: {supported}.";
        }

        if (member == IdTokenSignedResponseAlg && alg == JoseAlgorithms.None && ReturnsIdToken(registered))
        {
            return "is none, but response_types asks for an ID Token from the authorization endpoint, which must be signed "
                + "(OpenID Connect Registration section 2).";
        }

        return SecretFault(alg, registered);
    }

    /// <summary>OpenID Connect Core sections 10.1 and 10.2.</summary>
    internal static string? SecretFault(string alg, ClientMetadata registered) =>
        registered.TokenEndpointAuthMethod == AuthMethods.None && JoseAlgorithms.IsSymmetric(alg)
            ? $"is {alg}, which works with a client secret, but a client of token_endpoint_auth_method none has none "
                + "(OpenID Connect Core section 10)."
            : null;

    private static bool ReturnsIdToken(ClientMetadata registered) =>
        registered.ResponseTypes.Any(type => type.Split(' ').Contains(ResponseTypes.IdToken));
}
