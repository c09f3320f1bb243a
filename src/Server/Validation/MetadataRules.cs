using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Keys;
using GrpcDcr.Server.Validation.Members;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Runs the rules of registration, RFC 7591 section 2. A pure function that never throws. It accepts its own result again without changes.
/// </summary>
internal static class MetadataRules
{
    internal static ValidationResult Validate(ClientMetadata asked, RegistrationPolicy policy)
    {
        var registered = MetadataDefaults.Apply(asked, policy);
        var violations = new Violations();

        MetadataChoices.Check(asked, policy, violations);
        RedirectUriRules.Check(registered, policy, violations);
        RedirectTargetRules.Check(registered, policy, violations);
        ApplicationTypeRules.Check(registered, policy, violations);
        GrantTypeRules.Check(asked, registered, policy, violations);
        ResponseTypeRules.Check(registered, policy, violations);
        TokenEndpointAuthRules.Check(registered, policy, violations);
        ScopeRules.Check(registered, policy, violations);
        TextRules.Check(registered, policy, violations);
        WebPageRules.Check(registered, policy, violations);
        ReservedNameRules.Check(registered, policy, violations);
        LocalizedRules.Check(registered, policy, violations);
        ContactsRules.Check(registered, policy, violations);
        SoftwareRules.Check(registered, policy, violations);
        RequiredMemberRules.Check(asked, registered, policy, violations);
        var keys = KeyRules.Check(registered, policy, violations);
        ExtensionRules.Check(registered, keys, policy, violations);

        return new ValidationResult(registered, All(asked.Unreadable, violations.Found));
    }

    /// <summary>A member that cannot be read is absent, so its rules say nothing about it.</summary>
    private static IReadOnlyList<Violation> All(IReadOnlyList<Violation> unreadable, IReadOnlyList<Violation> found) =>
        unreadable.Count == 0
            ? found
            : Violations.Together(
                unreadable, [.. found.Where(violation => unreadable.All(other => other.Member != violation.Member))]);
}
