using System.Diagnostics;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy;

/// <summary>The members and values that a policy supports.</summary>
internal static class MemberSupport
{
    /// <summary>Whether the authorization server supports the member.</summary>
    internal static bool Supports(this RegistrationPolicy policy, MetadataMember member) => member.Capability switch
    {
        Capability.Always => true,
        Capability.ListedValues => policy.Capabilities.Support(member),
        Capability.Feature => policy.Capabilities.Have(member.Feature!),
        Capability.PairwiseSubjects => policy.Capabilities.Of(ExtensionMembers.SubjectType).Contains(SubjectTypes.Pairwise),
        Capability.ClientAssertions =>
            policy.AuthMethods.Contains(AuthMethods.PrivateKeyJwt) || policy.AuthMethods.Contains(AuthMethods.ClientSecretJwt),
        Capability.ClientCertificates => policy.AuthMethods.Contains(AuthMethods.TlsClientAuth),
        Capability.Backchannel => policy.Capabilities.Support(ExtensionMembers.BackchannelTokenDeliveryMode),
        Capability.BackchannelUserCode => policy.Capabilities.BackchannelUserCode,
        _ => throw new UnreachableException(),
    };

    /// <summary>The allowed values of a member; <see langword="null"/> if they are not listed.</summary>
    internal static AllowedValues? ValuesOf(this RegistrationPolicy policy, MetadataMember member) =>
        member == CoreMembers.Scope ? policy.Scopes
        : member == CoreMembers.GrantTypes ? policy.GrantTypes
        : member == CoreMembers.ResponseTypes ? policy.ResponseTypes
        : member == CoreMembers.TokenEndpointAuthMethod ? policy.AuthMethods
        : policy.Capabilities.Find(member);
}
