using System.Security.Claims;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>A caller with roles for whom another party vouches.</summary>
/// <param name="name">The actor in the audit log.</param>
/// <param name="roles">Some of <see cref="Roles"/>; empty if nothing is allowed to the caller.</param>
/// <param name="scheme">The authentication scheme.</param>
/// <param name="proof">Who vouches.</param>
internal sealed class RoleIdentity(string name, IEnumerable<string> roles, string scheme, ActorProof proof)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], scheme)
{
    public ActorProof Proof => proof;
}
