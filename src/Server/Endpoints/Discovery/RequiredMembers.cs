using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>
/// The members that RFC 8414 section 2 requires and that only the deployment can say: libraries of clients stop at a document without them.
/// </summary>
internal static class RequiredMembers
{
    public const string AuthorizationEndpoint = "authorization_endpoint";
    public const string TokenEndpoint = "token_endpoint";

    public static IReadOnlyList<string> MissingIn(JsonObject document, RegistrationPolicy policy) =>
        [.. RequiredBy(policy.GrantTypes.InOrder).Where(name => document[name]?.GetValueKind() is null or JsonValueKind.Null)];

    private static IEnumerable<string> RequiredBy(IReadOnlyList<string> grants)
    {
        if (grants.Any(GrantTypes.Redirects))
        {
            yield return AuthorizationEndpoint;
        }

        if (grants.Any(grant => grant != GrantTypes.Implicit))
        {
            yield return TokenEndpoint;
        }
    }
}
