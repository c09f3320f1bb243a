using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy;

/// <summary>Checks the settings that name members: <c>ExtensionMembers</c> and <c>RequiredMembers</c>.</summary>
internal static class MemberNameRules
{
    /// <param name="options">The options.</param>
    /// <param name="fail">Gets the setting, the name and what is allowed.</param>
    public static void Check(RegistrationOptions options, Action<string, string, string> fail)
    {
        var own = WordList.Words(options.ExtensionMembers);
        foreach (var name in own)
        {
            if (!ScopeSyntax.IsScopeToken(name) || name.Contains('#', StringComparison.Ordinal))
            {
                fail(
                    nameof(options.ExtensionMembers), name, "printable ASCII without double quote, backslash and number sign");
            }
            else if (IsDefined(name) || MetadataMembers.FindByChoices(name) is not null || MemberNames.Issued.Contains(name))
            {
                fail(nameof(options.ExtensionMembers), name, "members that the service does not know; it knows this one");
            }
        }

        foreach (var name in WordList.Words(options.RequiredMembers))
        {
            if (!own.Contains(name) && (!IsDefined(name) || name == CoreMembers.SoftwareStatement))
            {
                fail(
                    nameof(options.RequiredMembers),
                    name,
                    $"members of RFC 7591 section 2, members that other specifications define, and those of "
                    + $"{RegistrationOptions.Section}:{nameof(options.ExtensionMembers)}");
            }
        }
    }

    private static bool IsDefined(string name) => MetadataMembers.Find(name) is not null;
}
