namespace GrpcDcr.Server.Policy;

/// <content>The sizes of documents.</content>
internal sealed partial class RegistrationOptions
{
    /// <summary>
    /// The maximum length of a member of <see cref="ExtensionMembers"/>, in octets of JSON, and of the subject name of a certificate, in
    /// characters. Default 2048. Range 16 to 65536.
    /// </summary>
    public int MaxExtensionLength { get; set; } = 2048;

    /// <summary>
    /// The maximum number of entries in <c>redirect_uris</c>. Default 32; published documents have up to 20. Range 1 to 1000.
    /// </summary>
    public int MaxRedirectUris { get; set; } = 32;

    /// <summary>The maximum length of a redirect URI, in octets. Default 2048. Range 256 to 16384.</summary>
    public int MaxRedirectUriLength { get; set; } = 2048;

    /// <summary>
    /// The maximum length of <c>client_name</c>, <c>software_id</c>, <c>software_version</c> and of a contact, in UTF-16 code units.
    /// Default 256. Range 1 to 16384.
    /// </summary>
    public int MaxTextLength { get; set; } = 256;

    /// <summary>The maximum length of a URI outside <c>redirect_uris</c>, in octets. Default 2048. Range 256 to 16384.</summary>
    public int MaxUriLength { get; set; } = 2048;

    /// <summary>The maximum length of <c>scope</c>, in octets. Default 1024. Range 1 to 65536.</summary>
    public int MaxScopeLength { get; set; } = 1024;

    /// <summary>
    /// The maximum number of entries in <c>grant_types</c>, in <c>response_types</c>, and in each list that another specification defines.
    /// Default 20. Range 1 to 1000.
    /// </summary>
    public int MaxListLength { get; set; } = 20;

    /// <summary>The maximum number of entries in <c>contacts</c>. Default 20. Range 0 to 1000.</summary>
    public int MaxContacts { get; set; } = 20;

    /// <summary>The maximum number of members with a language tag (RFC 7591 section 2.2). Default 50. Range 0 to 1000.</summary>
    public int MaxLocalized { get; set; } = 50;

    /// <summary>The maximum number of keys in <c>jwks</c>. Default 16. Range 0 to 1000.</summary>
    public int MaxJwksKeys { get; set; } = 16;

    /// <summary>The maximum length of <c>jwks</c>, in octets of JSON. Default 32768. Range 64 to 1048576.</summary>
    public int MaxJwksLength { get; set; } = 32768;
}
