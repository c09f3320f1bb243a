namespace GrpcDcr.Server.Policy;

/// <summary>
/// What the authorization server beside this service can do beyond RFC 6749: configuration section <c>Capabilities</c>. Only this can be
/// registered in the members of the specification concerned, and the metadata document publishes it. Default: nothing, a plain OAuth
/// server.
/// </summary>
internal sealed class CapabilityOptions
{
    public const string Section = "Capabilities";

    /// <summary>
    /// <c>public</c>, <c>pairwise</c> or both (OpenID Connect Core section 8). A client that does not name a type gets the first.
    /// </summary>
    [ListSetting]
    public string SubjectTypes { get; set; } = "";

    /// <summary>
    /// How ID Tokens may be signed. A client that does not name an algorithm gets RS256, or the first one that works with a key pair.
    /// </summary>
    [ListSetting]
    public string IdTokenSigningAlgs { get; set; } = "";

    [ListSetting]
    public string IdTokenEncryptionAlgs { get; set; } = "";

    [ListSetting]
    public string IdTokenEncryptionEncs { get; set; } = "";

    /// <summary>How UserInfo responses may be signed; <c>none</c> may be among them.</summary>
    [ListSetting]
    public string UserinfoSigningAlgs { get; set; } = "";

    [ListSetting]
    public string UserinfoEncryptionAlgs { get; set; } = "";

    [ListSetting]
    public string UserinfoEncryptionEncs { get; set; } = "";

    /// <summary>How clients may sign request objects (RFC 9101); <c>none</c> may be among them.</summary>
    [ListSetting]
    public string RequestObjectSigningAlgs { get; set; } = "";

    [ListSetting]
    public string RequestObjectEncryptionAlgs { get; set; } = "";

    [ListSetting]
    public string RequestObjectEncryptionEncs { get; set; } = "";

    /// <summary>How introspection responses may be signed (RFC 9701). The default of a client is chosen as for ID Tokens.</summary>
    [ListSetting]
    public string IntrospectionSigningAlgs { get; set; } = "";

    [ListSetting]
    public string IntrospectionEncryptionAlgs { get; set; } = "";

    [ListSetting]
    public string IntrospectionEncryptionEncs { get; set; } = "";

    /// <summary>How authorization responses may be signed (JARM). The default of a client is chosen as for ID Tokens.</summary>
    [ListSetting]
    public string AuthorizationSigningAlgs { get; set; } = "";

    [ListSetting]
    public string AuthorizationEncryptionAlgs { get; set; } = "";

    [ListSetting]
    public string AuthorizationEncryptionEncs { get; set; } = "";

    /// <summary>How NFV access tokens may be signed (ETSI GS NFV-SEC 022).</summary>
    [ListSetting]
    public string NfvTokenSigningAlgs { get; set; } = "";

    [ListSetting]
    public string NfvTokenEncryptionAlgs { get; set; } = "";

    [ListSetting]
    public string NfvTokenEncryptionEncs { get; set; } = "";

    /// <summary>
    /// How clients may sign the assertions of <c>private_key_jwt</c> and <c>client_secret_jwt</c>. Default: RS256, PS256, ES256, EdDSA.
    /// Used only if <c>Registration:TokenEndpointAuthMethods</c> allows one of the two methods.
    /// </summary>
    [ListSetting]
    public string TokenEndpointAuthSigningAlgs { get; set; } = "RS256 PS256 ES256 EdDSA";

    /// <summary>
    /// The authentication context classes that clients may register in <c>default_acr_values</c> (OpenID Connect Core section 2,
    /// <c>acr</c>).
    /// </summary>
    [ListSetting]
    public string AcrValues { get; set; } = "";

    /// <summary>The types of authorization details (RFC 9396 section 2).</summary>
    [ListSetting]
    public string AuthorizationDetailsTypes { get; set; } = "";

    /// <summary>The response modes that clients may register, such as <c>query form_post jwt</c>.</summary>
    [ListSetting]
    public string ResponseModes { get; set; } = "";

    /// <summary>
    /// One or more of <c>poll</c>, <c>ping</c> and <c>push</c> (CIBA Core section 5). Required if the CIBA grant is allowed.
    /// </summary>
    [ListSetting]
    public string BackchannelTokenDeliveryModes { get; set; } = "";

    /// <summary>
    /// How clients may sign backchannel authentication requests (CIBA Core section 7.1.1). Only algorithms that work with a key pair.
    /// </summary>
    [ListSetting]
    public string BackchannelAuthenticationRequestSigningAlgs { get; set; } = "";

    /// <summary>Whether backchannel authentication requests may carry a user code (CIBA Core section 7.1).</summary>
    public bool BackchannelUserCode { get; set; }

    /// <summary>Features without a list of values: any of <see cref="Model.Features"/>.</summary>
    [ListSetting]
    public string Features { get; set; } = "";
}
