using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Policy;

/// <summary>One list of values that the authorization server supports: the same values are allowed in a member and published.</summary>
/// <param name="Member">The member of client metadata with these values.</param>
/// <param name="Setting">The key in the section <c>Capabilities</c>.</param>
/// <param name="Read">The configured list.</param>
/// <param name="Known">The allowed values of the list; <see langword="null"/> for values that the deployment defines.</param>
internal sealed record CapabilityList(
    MetadataMember Member, string Setting, Func<CapabilityOptions, string> Read, AllowedValues? Known)
{
    // Must precede All: static fields are initialised in textual order.
    private static readonly AllowedValues SignedOrNot = Values(JoseAlgorithms.SigningNames);
    private static readonly AllowedValues Signed = Values(JoseAlgorithms.SigningNames.Where(name => name != JoseAlgorithms.None));
    private static readonly AllowedValues SignedWithKeyPair = Values(JoseAlgorithms.SigningNames.Where(JoseAlgorithms.IsAsymmetric));
    private static readonly AllowedValues KeyManagement = Values(JoseAlgorithms.KeyManagementNames);
    private static readonly AllowedValues ContentEncryption = Values(JoseAlgorithms.ContentEncryptionNames);

    /// <summary>
    /// All lists. An encryption <c>_alg</c> directly precedes its <c>_enc</c>. The signature algorithm <c>none</c> is only for members
    /// whose specification allows it (OpenID Connect Registration section 2; JARM section 3 and RFC 9701 forbid it).
    /// </summary>
    public static IReadOnlyList<CapabilityList> All { get; } =
    [
        new(SubjectType, nameof(CapabilityOptions.SubjectTypes),
            o => o.SubjectTypes, Values([Model.SubjectTypes.Public, Model.SubjectTypes.Pairwise])),
        new(IdTokenSignedResponseAlg, nameof(CapabilityOptions.IdTokenSigningAlgs), o => o.IdTokenSigningAlgs, SignedOrNot),
        new(IdTokenEncryptedResponseAlg, nameof(CapabilityOptions.IdTokenEncryptionAlgs), o => o.IdTokenEncryptionAlgs, KeyManagement),
        new(IdTokenEncryptedResponseEnc, nameof(CapabilityOptions.IdTokenEncryptionEncs), o => o.IdTokenEncryptionEncs, ContentEncryption),
        new(UserinfoSignedResponseAlg, nameof(CapabilityOptions.UserinfoSigningAlgs), o => o.UserinfoSigningAlgs, SignedOrNot),
        new(UserinfoEncryptedResponseAlg, nameof(CapabilityOptions.UserinfoEncryptionAlgs), o => o.UserinfoEncryptionAlgs, KeyManagement),
        new(UserinfoEncryptedResponseEnc, nameof(CapabilityOptions.UserinfoEncryptionEncs),
            o => o.UserinfoEncryptionEncs, ContentEncryption),
        new(RequestObjectSigningAlg, nameof(CapabilityOptions.RequestObjectSigningAlgs), o => o.RequestObjectSigningAlgs, SignedOrNot),
        new(RequestObjectEncryptionAlg, nameof(CapabilityOptions.RequestObjectEncryptionAlgs),
            o => o.RequestObjectEncryptionAlgs, KeyManagement),
        new(RequestObjectEncryptionEnc, nameof(CapabilityOptions.RequestObjectEncryptionEncs),
            o => o.RequestObjectEncryptionEncs, ContentEncryption),
        new(IntrospectionSignedResponseAlg, nameof(CapabilityOptions.IntrospectionSigningAlgs), o => o.IntrospectionSigningAlgs, Signed),
        new(IntrospectionEncryptedResponseAlg, nameof(CapabilityOptions.IntrospectionEncryptionAlgs),
            o => o.IntrospectionEncryptionAlgs, KeyManagement),
        new(IntrospectionEncryptedResponseEnc, nameof(CapabilityOptions.IntrospectionEncryptionEncs),
            o => o.IntrospectionEncryptionEncs, ContentEncryption),
        new(AuthorizationSignedResponseAlg, nameof(CapabilityOptions.AuthorizationSigningAlgs), o => o.AuthorizationSigningAlgs, Signed),
        new(AuthorizationEncryptedResponseAlg, nameof(CapabilityOptions.AuthorizationEncryptionAlgs),
            o => o.AuthorizationEncryptionAlgs, KeyManagement),
        new(AuthorizationEncryptedResponseEnc, nameof(CapabilityOptions.AuthorizationEncryptionEncs),
            o => o.AuthorizationEncryptionEncs, ContentEncryption),
        new(NfvTokenSignedResponseAlg, nameof(CapabilityOptions.NfvTokenSigningAlgs), o => o.NfvTokenSigningAlgs, Signed),
        new(NfvTokenEncryptedResponseAlg, nameof(CapabilityOptions.NfvTokenEncryptionAlgs), o => o.NfvTokenEncryptionAlgs, KeyManagement),
        new(NfvTokenEncryptedResponseEnc, nameof(CapabilityOptions.NfvTokenEncryptionEncs),
            o => o.NfvTokenEncryptionEncs, ContentEncryption),
        new(TokenEndpointAuthSigningAlg, nameof(CapabilityOptions.TokenEndpointAuthSigningAlgs),
            o => o.TokenEndpointAuthSigningAlgs, Signed),
        new(DefaultAcrValues, nameof(CapabilityOptions.AcrValues), o => o.AcrValues, Known: null),
        new(ExtensionMembers.AuthorizationDetailsTypes, nameof(CapabilityOptions.AuthorizationDetailsTypes),
            o => o.AuthorizationDetailsTypes, Known: null),
        new(ExtensionMembers.ResponseModes, nameof(CapabilityOptions.ResponseModes), o => o.ResponseModes, Known: null),
        new(BackchannelTokenDeliveryMode, nameof(CapabilityOptions.BackchannelTokenDeliveryModes),
            o => o.BackchannelTokenDeliveryModes, Values([DeliveryModes.Poll, DeliveryModes.Ping, DeliveryModes.Push])),
        new(BackchannelAuthenticationRequestSigningAlg, nameof(CapabilityOptions.BackchannelAuthenticationRequestSigningAlgs),
            o => o.BackchannelAuthenticationRequestSigningAlgs, SignedWithKeyPair),
    ];

    private static AllowedValues Values(IEnumerable<string> values) => new(values, StringComparer.Ordinal);
}
