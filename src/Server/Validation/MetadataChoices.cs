using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Members;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// OpenID Connect RP Metadata Choices 1.0: a client lists all the values of a member that it supports, and the server chooses one, which
/// the response shows. Lists of members that the server does not support are ignored.
/// </summary>
internal static class MetadataChoices
{
    /// <summary>
    /// The document with the choice in each member that has a list: the value that the client names if the server supports it, otherwise
    /// the first of the list that both support. Where nothing fits, the member stays as it was, and <see cref="Check"/> refuses it.
    /// </summary>
    internal static ClientMetadata Resolve(ClientMetadata asked, RegistrationPolicy policy)
    {
        if (asked.Choices.Count == 0)
        {
            return asked;
        }

        // In the order of the table: the authentication method, which comes first, decides about algorithms.
        var resolved = asked with { Choices = ClientMetadata.Empty.Choices };
        foreach (var member in Listed(asked, policy))
        {
            if (!IsSupported(member, resolved.Text(member), policy) && IsUsed(member, resolved))
            {
                var method = resolved.TokenEndpointAuthMethod ?? policy.DefaultAuthMethod;
                var choice = asked.Choices[member].FirstOrDefault(value => Fits(member, value, method, policy));
                resolved = choice is null ? resolved : resolved.With(member, choice);
            }
        }

        return resolved;
    }

    internal static void Check(ClientMetadata asked, RegistrationPolicy policy, Violations violations)
    {
        if (asked.Choices.Count == 0)
        {
            return;
        }

        foreach (var member in Listed(asked, policy))
        {
            var (list, value) = (asked.Choices[member], asked.Text(member));
            if (list.Count > policy.Limits.ListLength)
            {
                violations.Add(
                    member.Choices!, $"{member.Choices} has {list.Count} entries; at most {policy.Limits.ListLength} are allowed.");
            }
            else if (!string.IsNullOrEmpty(value) && !list.Contains(value))
            {
                violations.Add(
                    member.Choices!,
                    $"{member} is {Excerpt.Of(value)}, which is not among the values of {member.Choices} "
                    + "(OpenID Connect RP Metadata Choices section 2).");
            }
            else if (!list.Any(listed => IsSupported(member, listed, policy)))
            {
                violations.Add(member.Choices!, $"{member.Choices} has no supported value. Supported: {policy.ValuesOf(member)}.");
            }
        }
    }

    private static IEnumerable<MetadataMember> Listed(ClientMetadata asked, RegistrationPolicy policy) =>
        MetadataMembers.WithChoices.Where(member => asked.Choices.ContainsKey(member) && policy.Supports(member));

    private static bool IsSupported(MetadataMember member, string? value, RegistrationPolicy policy) =>
        value is not null && policy.ValuesOf(member)!.Contains(value);

    /// <summary>A content encryption algorithm is used only with its algorithm, which is before it in the table.</summary>
    private static bool IsUsed(MetadataMember member, ClientMetadata resolved) =>
        AlgorithmTable.Encryption.FirstOrDefault(row => row.EncMember == member) is not { } row
        || resolved.Text(row.AlgMember) is not null;

    /// <summary>Whether the value can be chosen: the client has the key or secret that an algorithm works with.</summary>
    private static bool Fits(MetadataMember member, string value, string method, RegistrationPolicy policy)
    {
        var signsAssertions = member == ExtensionMembers.TokenEndpointAuthSigningAlg;
        return IsSupported(member, value, policy) && method switch
        {
            AuthMethods.None => !JoseAlgorithms.IsSymmetric(value),
            AuthMethods.PrivateKeyJwt => !signsAssertions || JoseAlgorithms.IsAsymmetric(value),
            AuthMethods.ClientSecretJwt => !signsAssertions || JoseAlgorithms.IsSymmetric(value),
            AuthMethods.ClientSecretBasic or AuthMethods.ClientSecretPost => true,
            AuthMethods.TlsClientAuth or AuthMethods.SelfSignedTlsClientAuth => true,
            _ => false,
        };
    }
}
