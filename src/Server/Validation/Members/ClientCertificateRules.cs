using System.Buffers;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>
/// The subject of the certificate that a client of <c>tls_client_auth</c> presents, RFC 8705 section 2.1.2. For other methods
/// <see cref="MetadataDefaults"/> has left these members out.
/// </summary>
internal static class ClientCertificateRules
{
    private static readonly MetadataMember[] Members =
        [TlsClientAuthSubjectDn, TlsClientAuthSanDns, TlsClientAuthSanUri, TlsClientAuthSanIp, TlsClientAuthSanEmail];

    /// <summary>The characters of the local part of a plain address, RFC 5321 section 4.1.2.</summary>
    private static readonly SearchValues<char> LocalPart = SearchValues.Create(
        "!#$%&'*+-./0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.TokenEndpointAuthMethod != AuthMethods.TlsClientAuth)
        {
            return;
        }

        var named = Array.FindAll(Members, member => registered.Text(member) is not null);
        if (named.Length != 1)
        {
            violations.Add(
                CoreMembers.TokenEndpointAuthMethod,
                $"tls_client_auth needs exactly one of {string.Join<MetadataMember>(", ", Members)}, "
                + $"and {named.Length} are present (RFC 8705 section 2.1.2).");
        }

        foreach (var member in named)
        {
            if (Fault(member, registered.Text(member) ?? "", policy) is { } fault)
            {
                violations.Add(member, $"{member} {fault}.");
            }
        }
    }

    private static string? Fault(MetadataMember member, string value, RegistrationPolicy policy) =>
        TextRules.Fault(value, policy.Limits.ExtensionLength) is { } fault ? fault
        : member == TlsClientAuthSubjectDn
            ? DistinguishedName.IsWellFormed(value) ? null : "is not a distinguished name such as CN=client,O=Example (RFC 4514)"
        : member == TlsClientAuthSanDns ? HostSyntax.IsName(value) ? null : "is not a DNS name"
        : member == TlsClientAuthSanUri ? IsUri(value) ? null : "is not an absolute URI"
        : member == TlsClientAuthSanIp
            ? HostSyntax.IsAddress(value) ? null : "is neither a dotted IPv4 address nor an IPv6 address without brackets"
        : IsEmail(value) ? null : "is not an e-mail address";

    private static bool IsUri(string value)
    {
        var text = UriText.Split(value);
        return UriSyntax.CharacterFault(value) is null
            && UriSchemes.IsWellFormed(text.Scheme)
            && !(text.Authority.IsEmpty && text.Path.IsEmpty);
    }

    private static bool IsEmail(string value)
    {
        var at = value.LastIndexOf('@');
        return at > 0 && !value.AsSpan(0, at).ContainsAnyExcept(LocalPart) && HostSyntax.IsName(value.AsSpan(at + 1));
    }
}
