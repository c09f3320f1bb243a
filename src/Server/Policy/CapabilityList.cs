using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Policy;

/// <summary>One list of values that the authorization server supports: the same values are allowed in a member and published.</summary>
/// <param name="Member">The member of client metadata that takes them.</param>
/// <param name="Setting">The key in the section <c>Capabilities</c>.</param>
/// <param name="Published">The member of authorization server metadata that lists them.</param>
/// <param name="Read">The configured list.</param>
/// <param name="Known">What may stand in it; <see langword="null"/> for words of the deployment's own.</param>
internal sealed record CapabilityList(
    string Member, string Setting, string Published, Func<CapabilityOptions, string> Read, AllowedValues? Known)
{
    // Above All: static fields are set in the order in which they stand.
    private static readonly AllowedValues SignedOrNot = Values(JoseAlgorithms.SigningNames);
    private static readonly AllowedValues Signed = Values(JoseAlgorithms.SigningNames.Where(name => name != JoseAlgorithms.None));
    private static readonly AllowedValues SignedWithKeyPair = Values(JoseAlgorithms.SigningNames.Where(JoseAlgorithms.IsAsymmetric));
    private static readonly AllowedValues KeyManagement = Values(JoseAlgorithms.KeyManagementNames);
    private static readonly AllowedValues ContentEncryption = Values(JoseAlgorithms.ContentEncryptionNames);

    /// <summary>
    /// All lists. An encryption <c>_alg</c> stands right before its <c>_enc</c>. Of the signatures, <c>none</c> is only for those that
    /// the specifications leave to choice (OpenID Connect Registration section 2; JARM section 3 and RFC 9701 forbid it).
    /// </summary>
    public static IReadOnlyList<CapabilityList> All { get; } =
    [
        new(SubjectType, nameof(CapabilityOptions.SubjectTypes), "subject_types_supported", o => o.SubjectTypes,
            Values([Model.SubjectTypes.Public, Model.SubjectTypes.Pairwise])),
        new(IdTokenSignedResponseAlg, nameof(CapabilityOptions.IdTokenSigningAlgs), "id_token_signing_alg_values_supported",
            o => o.IdTokenSigningAlgs, SignedOrNot),
        new(IdTokenEncryptedResponseAlg, nameof(CapabilityOptions.IdTokenEncryptionAlgs), "id_token_encryption_alg_values_supported",
            o => o.IdTokenEncryptionAlgs, KeyManagement),
        new(IdTokenEncryptedResponseEnc, nameof(CapabilityOptions.IdTokenEncryptionEncs), "id_token_encryption_enc_values_supported",
            o => o.IdTokenEncryptionEncs, ContentEncryption),
        new(UserinfoSignedResponseAlg, nameof(CapabilityOptions.UserinfoSigningAlgs), "userinfo_signing_alg_values_supported",
            o => o.UserinfoSigningAlgs, SignedOrNot),
        new(UserinfoEncryptedResponseAlg, nameof(CapabilityOptions.UserinfoEncryptionAlgs), "userinfo_encryption_alg_values_supported",
            o => o.UserinfoEncryptionAlgs, KeyManagement),
        new(UserinfoEncryptedResponseEnc, nameof(CapabilityOptions.UserinfoEncryptionEncs), "userinfo_encryption_enc_values_supported",
            o => o.UserinfoEncryptionEncs, ContentEncryption),
        new(ExtensionMembers.RequestObjectSigningAlg, nameof(CapabilityOptions.RequestObjectSigningAlgs), "request_object_signing_alg_values_supported",
            o => o.RequestObjectSigningAlgs, SignedOrNot),
        new(RequestObjectEncryptionAlg, nameof(CapabilityOptions.RequestObjectEncryptionAlgs), "request_object_encryption_alg_values_supported",
            o => o.RequestObjectEncryptionAlgs, KeyManagement),
        new(RequestObjectEncryptionEnc, nameof(CapabilityOptions.RequestObjectEncryptionEncs), "request_object_encryption_enc_values_supported",
            o => o.RequestObjectEncryptionEncs, ContentEncryption),
        new(IntrospectionSignedResponseAlg, nameof(CapabilityOptions.IntrospectionSigningAlgs), "introspection_signing_alg_values_supported",
            o => o.IntrospectionSigningAlgs, Signed),
        new(IntrospectionEncryptedResponseAlg, nameof(CapabilityOptions.IntrospectionEncryptionAlgs),
            "introspection_encryption_alg_values_supported", o => o.IntrospectionEncryptionAlgs, KeyManagement),
        new(IntrospectionEncryptedResponseEnc, nameof(CapabilityOptions.IntrospectionEncryptionEncs),
            "introspection_encryption_enc_values_supported", o => o.IntrospectionEncryptionEncs, ContentEncryption),
        new(AuthorizationSignedResponseAlg, nameof(CapabilityOptions.AuthorizationSigningAlgs), "authorization_signing_alg_values_supported",
            o => o.AuthorizationSigningAlgs, Signed),
        new(AuthorizationEncryptedResponseAlg, nameof(CapabilityOptions.AuthorizationEncryptionAlgs),
            "authorization_encryption_alg_values_supported", o => o.AuthorizationEncryptionAlgs, KeyManagement),
        new(AuthorizationEncryptedResponseEnc, nameof(CapabilityOptions.AuthorizationEncryptionEncs),
            "authorization_encryption_enc_values_supported", o => o.AuthorizationEncryptionEncs, ContentEncryption),
        new(NfvTokenSignedResponseAlg, nameof(CapabilityOptions.NfvTokenSigningAlgs), "nfv_token_signing_alg_values_supported",
            o => o.NfvTokenSigningAlgs, Signed),
        new(NfvTokenEncryptedResponseAlg, nameof(CapabilityOptions.NfvTokenEncryptionAlgs), "nfv_token_encryption_alg_values_supported",
            o => o.NfvTokenEncryptionAlgs, KeyManagement),
        new(NfvTokenEncryptedResponseEnc, nameof(CapabilityOptions.NfvTokenEncryptionEncs), "nfv_token_encryption_enc_values_supported",
            o => o.NfvTokenEncryptionEncs, ContentEncryption),
        new(TokenEndpointAuthSigningAlg, nameof(CapabilityOptions.TokenEndpointAuthSigningAlgs),
            "token_endpoint_auth_signing_alg_values_supported", o => o.TokenEndpointAuthSigningAlgs, Signed),
        new(DefaultAcrValues, nameof(CapabilityOptions.AcrValues), "acr_values_supported", o => o.AcrValues, Known: null),
        new(ExtensionMembers.AuthorizationDetailsTypes, nameof(CapabilityOptions.AuthorizationDetailsTypes), "authorization_details_types_supported",
            o => o.AuthorizationDetailsTypes, Known: null),
        new(ExtensionMembers.ResponseModes, nameof(CapabilityOptions.ResponseModes), "response_modes_supported", o => o.ResponseModes, Known: null),
        new(BackchannelTokenDeliveryMode, nameof(CapabilityOptions.BackchannelTokenDeliveryModes), "backchannel_token_delivery_modes_supported",
            o => o.BackchannelTokenDeliveryModes, Values([DeliveryModes.Poll, DeliveryModes.Ping, DeliveryModes.Push])),
        new(BackchannelAuthenticationRequestSigningAlg, nameof(CapabilityOptions.BackchannelAuthenticationRequestSigningAlgs),
            "backchannel_authentication_request_signing_alg_values_supported", o => o.BackchannelAuthenticationRequestSigningAlgs,
            SignedWithKeyPair),
    ];

    private static AllowedValues Values(IEnumerable<string> values) => new(values, StringComparer.Ordinal);
}
