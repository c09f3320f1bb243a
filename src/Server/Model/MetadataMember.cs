namespace GrpcDcr.Server.Model;

/// <summary>The JSON type of a metadata member, and what its value is in <see cref="ClientMetadata"/>.</summary>
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

/// <summary>What of the authorization server a member is about: without it the member is not supported.</summary>
internal enum Capability
{
    /// <summary>Nothing: every server supports it.</summary>
    Always,

    /// <summary>The values that the server supports in the member itself.</summary>
    ListedValues,

    /// <summary>The feature named in <see cref="MetadataMember.Feature"/>.</summary>
    Feature,

    /// <summary>Pairwise subjects.</summary>
    PairwiseSubjects,

    /// <summary>A method in which clients sign assertions.</summary>
    ClientAssertions,

    /// <summary>The method <c>tls_client_auth</c>.</summary>
    ClientCertificates,

    /// <summary>A delivery mode of CIBA.</summary>
    Backchannel,

    /// <summary>User codes of CIBA.</summary>
    BackchannelUserCode,
}

/// <summary>What becomes of that which the authorization server does not support.</summary>
internal enum Unsupported
{
    /// <summary>The member is left out, as any unknown one (RFC 7591 section 2), and the response shows that.</summary>
    Ignore,

    /// <summary>
    /// The client asks for protection that it would not get, so the registration is refused. A value that asks for none, <c>false</c> or
    /// <c>none</c>, is left out.
    /// </summary>
    Refuse,

    /// <summary>
    /// As <see cref="Ignore"/>, and the unsupported values of a list are left out where supported ones stand beside them.
    /// </summary>
    Narrow,
}

/// <summary>What is registered where the client does not say.</summary>
internal enum MemberDefault
{
    /// <summary>Nothing: the member is absent.</summary>
    None,

    /// <summary>What <c>MetadataDefaults</c> computes from the request and the policy.</summary>
    Computed,

    /// <summary>The first value that the server supports.</summary>
    FirstSupported,

    /// <summary>RS256, or the first supported algorithm that works with a key pair.</summary>
    SigningAlgorithm,

    /// <summary>A128CBC-HS256, beside its algorithm.</summary>
    ContentEncryption,
}

/// <summary>What a change of a member means for a client that an administrator approved.</summary>
internal enum OnUpdate
{
    /// <summary>Nothing that anybody approved.</summary>
    Harmless = 1,

    /// <summary>What was not there before waits for approval. What is given up ends at once.</summary>
    WidensIfAdded,

    /// <summary>Protection that is given up waits for approval: a value that now is absent, <c>false</c> or <c>none</c>.</summary>
    WidensIfRemoved,

    /// <summary>Any other value waits for approval.</summary>
    WidensIfChanged,
}

/// <summary>What of a value is looked at alone where two versions are compared.</summary>
internal enum MemberParts
{
    /// <summary>The value as a whole, or each entry of a list.</summary>
    Entries,

    /// <summary>Each of the words of a string.</summary>
    Words,

    /// <summary>Where a URI, or each URI of a list, leads to, whatever its path.</summary>
    Targets,

    /// <summary>Where a page is, whatever its path. A host or scheme of an approved redirect URI is approved for pages too.</summary>
    Pages,
}

/// <summary>Which clients a member means something for. It is left out for others.</summary>
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
/// <param name="number">That of its field in <c>client_metadata.proto</c>, by which it is stored too: it never changes meaning.</param>
/// <param name="kind">Its JSON type.</param>
/// <param name="reference">Where it is defined.</param>
/// <param name="onUpdate">What a change of it means after approval. There is no default: each row decides.</param>
internal sealed class MetadataMember(string name, int number, MemberKind kind, string reference, OnUpdate onUpdate)
{
    public string Name { get; } = name;

    public int Number { get; } = number;

    public MemberKind Kind { get; } = kind;

    public string Reference { get; } = reference;

    public OnUpdate OnUpdate { get; } = onUpdate;

    public Capability Capability { get => Feature is null ? field : Capability.Feature; init; }

    /// <summary>One of <see cref="Features"/>, which then is the capability; <see langword="null"/> for any other.</summary>
    public string? Feature { get; init; }

    public Unsupported Unsupported { get; init; }

    public MemberDefault Default { get; init; }

    public ClientsConcerned Concerned { get; init; }

    public MemberParts Parts { get; init; }

    /// <summary>
    /// What publishes the supported values, or the support, in authorization server metadata; <see langword="null"/> for nothing.
    /// </summary>
    public string? Published { get; init; }

    /// <summary>Whether it may carry a language tag, as <c>client_name#ja</c> (RFC 7591 section 2.2).</summary>
    public bool IsLocalizable { get; init; }

    /// <summary>Whether it is personal data (RFC 7591 section 6), which is neither logged nor shown to authorization servers.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Whether audit events tell its value. Not that of personal data, key material and signed documents.</summary>
    public bool IsAudited { get; init; } = true;

    /// <summary>
    /// The member that takes one of its values (OpenID Connect RP Metadata Choices); <see langword="null"/> for no choice.
    /// </summary>
    public MetadataMember? Singular { get; init; }

    /// <summary>Its name, wherever text is wanted.</summary>
    public static implicit operator string(MetadataMember member) => member.Name;

    public override string ToString() => Name;
}
