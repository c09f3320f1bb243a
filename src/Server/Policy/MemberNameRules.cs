using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Policy;

/// <summary>The settings that name members: those of the deployment's own, and those that a client must send.</summary>
internal static class MemberNameRules
{
    /// <param name="options">The options.</param>
    /// <param name="fail">Gets the setting, the name and what is allowed.</param>
    public static void Check(RegistrationOptions options, Action<string, string, string> fail)
    {
        var own = RegistrationPolicy.Words(options.ExtensionMembers);
        foreach (var name in own)
        {
            if (!ScopeRules.IsScopeToken(name) || name.Contains('#', StringComparison.Ordinal))
            {
                fail(
                    nameof(options.ExtensionMembers), name, "A name is printable ASCII without double quote, backslash and number sign.");
            }
            else if (IsDefined(name) || MemberNames.Issued.Contains(name))
            {
                fail(nameof(options.ExtensionMembers), name, "The name has a meaning of its own; only unknown members can be named here.");
            }
        }

        foreach (var name in RegistrationPolicy.Words(options.RequiredMembers))
        {
            if (!own.Contains(name) && (!IsDefined(name) || name == CoreMembers.SoftwareStatement))
            {
                fail(
                    nameof(options.RequiredMembers),
                    name,
                    $"It must be a member of RFC 7591 section 2, one that another specification defines, or one of "
                    + $"{RegistrationOptions.Section}:{nameof(options.ExtensionMembers)}.");
            }
        }
    }

    private static bool IsDefined(string name) => MetadataMembers.Find(name) is not null;
}
