using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>
/// Lists of values that the server supports: <c>default_acr_values</c> (OpenID Connect Registration section 2),
/// <c>authorization_details_types</c> (RFC 9396 section 10), <c>response_modes</c>. <see cref="Narrowing"/> has left out unsupported values
/// unless no supported one remained.
/// </summary>
internal static class ListedValueRules
{
    private static readonly MetadataMember[] Members = [DefaultAcrValues, AuthorizationDetailsTypes, ResponseModes];

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var member in Members)
        {
            var supported = policy.Capabilities.Of(member);
            foreach (var value in registered.Texts(member))
            {
                if (!supported.Contains(value))
                {
                    violations.Add(member, $"{member} has the unsupported value {Excerpt.Of(value)}. Supported: {supported}.");
                }
            }
        }
    }
}
