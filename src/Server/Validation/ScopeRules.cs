using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary><c>scope</c>: space-separated values, RFC 7591 section 2 and RFC 6749 section 3.3. Their order has no meaning.</summary>
internal static class ScopeRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var scope = registered.Scope.AsSpan();
        if (scope.Length > policy.Limits.ScopeLength)
        {
            violations.Add(CoreMembers.Scope, $"scope is {scope.Length} characters long; at most {policy.Limits.ScopeLength} are allowed.");
            return;
        }

        foreach (var range in scope.Split(' '))
        {
            CheckValue(scope[range], policy, violations);
        }
    }

    private static void CheckValue(ReadOnlySpan<char> value, RegistrationPolicy policy, Violations violations)
    {
        if (value.IsEmpty || policy.Scopes.Contains(value))
        {
            return;
        }

        violations.Add(
            CoreMembers.Scope,
            ScopeSyntax.IsScopeToken(value)
                ? $"scope has the unknown value {Excerpt.Of(value)}. Allowed: {policy.Scopes}."
                : $"scope has the value {Excerpt.Of(value)}, which is not made of the characters of RFC 6749 section 3.3.");
    }
}
