using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>The members that <c>Registration:RequiredMembers</c> names: the client must send them, and they must be registered.</summary>
internal static class RequiredMemberRules
{
    internal static void Check(ClientMetadata asked, ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var name in policy.RequiredMembers)
        {
            if (!asked.Shows(name) || !registered.Shows(name))
            {
                violations.Add(name, $"{name} is missing; this server requires it.");
            }
        }
    }
}
