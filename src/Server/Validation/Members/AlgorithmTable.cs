using GrpcDcr.Server.Model;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>A member that names a signature algorithm.</summary>
/// <param name="Member">Its name.</param>
/// <param name="ClientSigns">Whether the client signs; otherwise the authorization server does.</param>
internal sealed record SigningRow(MetadataMember Member, bool ClientSigns)
{
    /// <summary>The clients that get its default, by their grants. Default: every client.</summary>
    public Func<IReadOnlyList<string>, bool> Concerns { get; init; } = _ => true;
}

/// <summary>Two members that name the algorithms of one encryption.</summary>
/// <param name="AlgMember">The key management algorithm.</param>
/// <param name="EncMember">The content encryption algorithm; refused without the other member, and A128CBC-HS256 by default.</param>
/// <param name="ForClient">Whether the client decrypts, with a key that it registers.</param>
internal sealed record EncryptionRow(MetadataMember AlgMember, MetadataMember EncMember, bool ForClient);

/// <summary>
/// The members that name algorithms, apart from <c>token_endpoint_auth_signing_alg</c>, which belongs to a method: OpenID Connect
/// Registration section 2, RFC 9701 section 6, JARM section 3, CIBA Core section 4, ETSI GS NFV-SEC 022.
/// </summary>
internal static class AlgorithmTable
{
    public static IReadOnlyList<SigningRow> Signing { get; } =
    [
        new(IdTokenSignedResponseAlg, ClientSigns: false) { Concerns = grants => grants.Any(GrantTypes.InvolvesUser) },
        new(UserinfoSignedResponseAlg, ClientSigns: false),
        new(RequestObjectSigningAlg, ClientSigns: true),
        new(IntrospectionSignedResponseAlg, ClientSigns: false),
        new(AuthorizationSignedResponseAlg, ClientSigns: false) { Concerns = grants => grants.Any(GrantTypes.Redirects) },
        new(NfvTokenSignedResponseAlg, ClientSigns: false),
        new(BackchannelAuthenticationRequestSigningAlg, ClientSigns: true),
    ];

    public static IReadOnlyList<EncryptionRow> Encryption { get; } =
    [
        new(IdTokenEncryptedResponseAlg, IdTokenEncryptedResponseEnc, ForClient: true),
        new(UserinfoEncryptedResponseAlg, UserinfoEncryptedResponseEnc, ForClient: true),
        new(RequestObjectEncryptionAlg, RequestObjectEncryptionEnc, ForClient: false),
        new(IntrospectionEncryptedResponseAlg, IntrospectionEncryptedResponseEnc, ForClient: true),
        new(AuthorizationEncryptedResponseAlg, AuthorizationEncryptedResponseEnc, ForClient: true),
        new(NfvTokenEncryptedResponseAlg, NfvTokenEncryptedResponseEnc, ForClient: true),
    ];
}
