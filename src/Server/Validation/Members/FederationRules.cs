using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>The common metadata of OpenID Federation 1.0 section 5.2, most of it human-readable.</summary>
internal static class FederationRules
{
    private static readonly MetadataMember[] Lists = [Keywords, ClientRegistrationTypes];
    private static readonly MetadataMember[] Readable = [OrganizationName, Description, InformationUri, OrganizationUri];

    /// <summary>Whether the member is human-readable, without a language tag.</summary>
    internal static bool IsReadable(MetadataMember member) => Readable.Contains(member);

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.Text(SignedJwksUri) is { } uri && HttpsUri.Fault(uri, policy.Limits.UriLength) is { } fault)
        {
            violations.Add(SignedJwksUri, $"{SignedJwksUri} {fault}.");
        }

        foreach (var member in Readable)
        {
            if (registered.Text(member) is { } value)
            {
                CheckReadable(member, member, value, policy, violations);
            }
        }

        foreach (var list in Lists)
        {
            foreach (var textFault in registered.Texts(list).Select(text => TextRules.Fault(text, policy.Limits.TextLength)))
            {
                if (textFault is not null)
                {
                    violations.Add(list, $"{list} has an entry that {textFault}.");
                }
            }
        }
    }

    /// <param name="member">A human-readable member.</param>
    /// <param name="name">The name as sent, possibly with a language tag.</param>
    /// <param name="value">Its value.</param>
    /// <param name="policy">The policy with the limits.</param>
    /// <param name="violations">Gets the problems.</param>
    internal static void CheckReadable(MetadataMember member, string name, string value, RegistrationPolicy policy, Violations violations)
    {
        if (member == OrganizationName)
        {
            TextRules.CheckName(name, value, policy, violations);
        }
        else if (member != Description)
        {
            WebPageRules.Check(name, value, policy, violations);
        }
        else if (TextRules.Fault(value, policy.Limits.ExtensionLength) is { } fault)
        {
            violations.Add(name, $"{name} {fault}.");
        }
    }
}
