using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// <c>contacts</c>, RFC 7591 section 2: typically e-mail addresses, but any text is allowed. Personal data, so never quoted (section 6).
/// </summary>
internal static class ContactsRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var contacts = registered.Texts(CoreMembers.Contacts);
        if (contacts.Count > policy.Limits.Contacts)
        {
            violations.Add(CoreMembers.Contacts, $"contacts has {contacts.Count} entries; at most {policy.Limits.Contacts} are allowed.");
            return;
        }

        for (var i = 0; i < contacts.Count; i++)
        {
            if (TextRules.Fault(contacts[i], policy.Limits.TextLength) is { } fault)
            {
                violations.Add(CoreMembers.Contacts, i, $"contacts[{i}] {fault}.");
            }
        }
    }
}
