using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary><c>token_endpoint_auth_signing_alg</c>: OpenID Connect Registration section 2, OpenID Connect Core section 9.</summary>
internal static class ClientAssertionRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.Text(TokenEndpointAuthSigningAlg) is not { } alg)
        {
            return;
        }

        var supported = policy.Capabilities.Of(TokenEndpointAuthSigningAlg);
        if (!supported.Contains(alg))
        {
            violations.Add(
                TokenEndpointAuthSigningAlg,
                $"{TokenEndpointAuthSigningAlg} has the unsupported value {Excerpt.Of(alg)}. Supported: {supported}.");
        }
        else if (registered.TokenEndpointAuthMethod == AuthMethods.PrivateKeyJwt && !JoseAlgorithms.IsAsymmetric(alg))
        {
            violations.Add(
                TokenEndpointAuthSigningAlg,
                $"{TokenEndpointAuthSigningAlg} {alg} works with a secret, but private_key_jwt with a key pair.");
        }
        else if (registered.TokenEndpointAuthMethod == AuthMethods.ClientSecretJwt && !JoseAlgorithms.IsSymmetric(alg))
        {
            violations.Add(
                TokenEndpointAuthSigningAlg,
                $"{TokenEndpointAuthSigningAlg} {alg} works with a key pair, but client_secret_jwt with a secret.");
        }
    }
}
