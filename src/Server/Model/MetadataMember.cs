namespace GrpcDcr.Server.Model;

/// <summary>The JSON type of a metadata member, and its .NET type in <see cref="ClientMetadata"/>.</summary>
internal enum MemberKind
{
    /// <summary>A string: <see cref="string"/>.</summary>
    Text,

    /// <summary>An array of strings: an array of <see cref="string"/> that is not empty.</summary>
    Texts,

    /// <summary>A boolean: <see cref="bool"/>.</summary>
    Flag,

    /// <summary>A whole number: <see cref="long"/>.</summary>
    Number,

    /// <summary>A JSON object: <see cref="System.Text.Json.JsonElement"/> that owns its memory.</summary>
    Json,
}

/// <summary>The capability of the authorization server that a member needs to be supported.</summary>
internal enum Capability
{
    /// <summary>None: every server supports it.</summary>
    Always,

    /// <summary>The server supports values of the member.</summary>
    ListedValues,

    /// <summary>The feature named in <see cref="MetadataMember.Feature"/>.</summary>
    Feature,

    /// <summary>Pairwise subjects.</summary>
    PairwiseSubjects,

    /// <summary>An authentication method in which clients sign assertions.</summary>
    ClientAssertions,

    /// <summary>The method <c>tls_client_auth</c>.</summary>
    ClientCertificates,

    /// <summary>A delivery mode of CIBA.</summary>
    Backchannel,

    /// <summary>User codes of CIBA.</summary>
    BackchannelUserCode,
}

/// <summary>What happens to a member or value that the authorization server does not support.</summary>
internal enum Unsupported
{
    /// <summary>The member is left out like an unknown one (RFC 7591 section 2), and the response shows that.</summary>
    Ignore,

    /// <summary>
    /// The registration is refused, because the client would not get the protection that it asks for. The values <c>false</c> and
    /// <c>none</c> ask for none and are left out.
    /// </summary>
    Refuse,

    /// <summary>As <see cref="Ignore"/>, and unsupported values of a list, or words, are left out if supported ones remain.</summary>
    Narrow,
}

/// <summary>The default of a member.</summary>
internal enum MemberDefault
{
    /// <summary>None: the member is absent.</summary>
    None,

    /// <summary>Computed by <c>MetadataDefaults</c> from the request and the policy.</summary>
    Computed,

    /// <summary>The first value that the server supports.</summary>
    FirstSupported,

    /// <summary>RS256, or the first supported algorithm that works with a key pair.</summary>
    SigningAlgorithm,

    /// <summary>A128CBC-HS256, if the algorithm member is present.</summary>
    ContentEncryption,
}

/// <summary>What a change of a member means for an approved client.</summary>
internal enum OnUpdate
{
    /// <summary>The change takes effect at once.</summary>
    Harmless = 1,

    /// <summary>Added values wait for approval. Removed values end at once.</summary>
    WidensIfAdded,

    /// <summary>The removal of protection waits for approval: the new value is absent, <c>false</c> or <c>none</c>.</summary>
    WidensIfRemoved,

    /// <summary>Any change waits for approval.</summary>
    WidensIfChanged,

    /// <summary>A method or algorithm takes effect at once if it is stronger. Any other change waits for approval.</summary>
    WidensIfWeaker,

    /// <summary>A smaller number takes effect at once; absent is the largest. Any other change waits for approval.</summary>
    WidensIfGreater,
}

/// <summary>The parts of a value that are compared between two versions.</summary>
internal enum MemberParts
{
    /// <summary>The value as a whole, or each entry of a list.</summary>
    Entries,

    /// <summary>Each of the words of a string.</summary>
    Words,

    /// <summary>The origin of a URI, or of each URI of a list; policy may compare the paths as well.</summary>
    Targets,

    /// <summary>The origin of a page. The origins of approved redirect URIs are approved for pages too.</summary>
    Pages,
}

/// <summary>The clients to which a member applies. It is left out for others.</summary>
internal enum ClientsConcerned
{
    All,

    /// <summary>Those that authenticate by <c>tls_client_auth</c>.</summary>
    CertificateClients,

    /// <summary>Those with the grant of CIBA.</summary>
    BackchannelClients,
}

/// <summary>A member of client metadata: one row of the table.</summary>
/// <param name="name">Its registered name.</param>
/// <param name="number">The number of its field in <c>client_metadata.proto</c>, by which it is also stored. It never changes.</param>
/// <param name="kind">Its JSON type.</param>
/// <param name="reference">Where it is defined.</param>
/// <param name="onUpdate">What a change of it means after approval. Each row must say it.</param>
/// <param name="capability">What the authorization server needs to support it. A feature has its own parameter.</param>
/// <param name="feature">One of <see cref="Features"/>, if the capability is a feature; <see langword="null"/> otherwise.</param>
/// <param name="unsupported">What happens to a value that is not supported.</param>
/// <param name="byDefault">What is registered if the client does not send it.</param>
/// <param name="concerned">Which clients it means something for.</param>
/// <param name="parts">Which parts of a value are compared.</param>
/// <param name="published">
/// The member of authorization server metadata that publishes the supported values or the support; <see langword="null"/> for none.
/// </param>
/// <param name="choices">
/// The member in which a client lists every value that it supports (OpenID Connect RP Metadata Choices 1.0 section 2), for the server to
/// choose from. It is only read, never registered. The server publishes its own values under the same name. <see langword="null"/> for
/// none.
/// </param>
/// <param name="isLocalizable">Whether it may have a language tag, as in <c>client_name#ja</c> (RFC 7591 section 2.2).</param>
/// <param name="isPersonal">
/// Whether it is personal data (RFC 7591 section 6), which is neither logged nor shown to authorization servers.
/// </param>
/// <param name="isAudited">Whether audit events contain its value. False for personal data, key material and signed documents.</param>
internal sealed class MetadataMember(
    string name,
    int number,
    MemberKind kind,
    string reference,
    OnUpdate onUpdate,
    Capability capability = Capability.Always,
    string? feature = null,
    Unsupported unsupported = Unsupported.Ignore,
    MemberDefault byDefault = MemberDefault.None,
    ClientsConcerned concerned = ClientsConcerned.All,
    MemberParts parts = MemberParts.Entries,
    string? published = null,
    string? choices = null,
    bool isLocalizable = false,
    bool isPersonal = false,
    bool isAudited = true)
{
    public string Name { get; } = name;

    public int Number { get; } = number;

    public MemberKind Kind { get; } = kind;

    public string Reference { get; } = reference;

    public OnUpdate OnUpdate { get; } = onUpdate;

    public Capability Capability { get; } = feature is null ? capability : Capability.Feature;

    public string? Feature { get; } = feature;

    public Unsupported Unsupported { get; } = unsupported;

    public MemberDefault Default { get; } = byDefault;

    public ClientsConcerned Concerned { get; } = concerned;

    public MemberParts Parts { get; } = parts;

    public string? Published { get; } = published ?? choices;

    public string? Choices { get; } = choices;

    public bool IsLocalizable { get; } = isLocalizable;

    public bool IsPersonal { get; } = isPersonal;

    public bool IsAudited { get; } = isAudited;

    /// <summary>The name of the member.</summary>
    public static implicit operator string(MetadataMember member) => member.Name;

    public override string ToString() => Name;
}
