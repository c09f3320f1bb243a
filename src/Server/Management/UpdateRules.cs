using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Management;

/// <summary>Rules for the identifier and the secret in an update (RFC 7592 section 2.2).</summary>
internal static class UpdateRules
{
    public static List<Violation> CredentialViolations(UpdateRequest request, RegisteredClient current, DateTimeOffset now)
    {
        var violations = new List<Violation>();
        if (request.ClientId != current.Id.ToString())
        {
            violations.Add(new Violation(
                MemberNames.ClientId,
                "client_id is missing or not that of this client; the document must have it (RFC 7592 section 2.2)."));
        }

        if (request.ClientSecret is { } secret
            && ClientSecrets.Match(current.Secret, SecretHash.Of(secret.Reveal()), now) == SecretMatch.Wrong)
        {
            violations.Add(new Violation(
                MemberNames.ClientSecret,
                "client_secret is not the current secret of this client; a client cannot choose its secret (RFC 7592 section 2.2)."));
        }

        return violations;
    }
}
