using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary><c>token_endpoint_auth_method</c>, RFC 7591 section 2.</summary>
internal static class TokenEndpointAuthRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var method = registered.TokenEndpointAuthMethod ?? policy.DefaultAuthMethod;
        if (!policy.AuthMethods.Contains(method))
        {
            violations.Add(
                CoreMembers.TokenEndpointAuthMethod,
                $"token_endpoint_auth_method has the unsupported value {Excerpt.Of(method)}. Supported: {policy.AuthMethods}.");
        }

        if (method == AuthMethods.None && registered.GrantTypes.Contains(GrantTypes.ClientCredentials))
        {
            violations.Add(
                CoreMembers.TokenEndpointAuthMethod,
                "token_endpoint_auth_method is none, but the grant type client_credentials is for confidential clients only "
                + "(RFC 6749 section 4.4).");
        }
    }
}
