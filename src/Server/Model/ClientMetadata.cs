using System.Diagnostics;
using System.Text.Json;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Model;

/// <summary>
/// Client metadata, RFC 7591 section 2: an immutable document. Its members are those of <see cref="MetadataMembers"/>, each with a value of
/// the type of its kind, language-tagged members, and members that the deployment names. Values are exactly what the client sent, or what
/// registration replaced them by. An empty list is absent.
/// </summary>
internal sealed record ClientMetadata
{
    // Must precede Empty: static fields are initialised in textual order.
    private static readonly IReadOnlyDictionary<string, string> NoneLocalized = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<MetadataMember, IReadOnlyList<string>> NoChoices =
        new Dictionary<MetadataMember, IReadOnlyList<string>>();
    private static readonly IReadOnlyDictionary<string, JsonElement> NoneExtended = new Dictionary<string, JsonElement>();

    private MemberValues _values = MemberValues.None;
    private IReadOnlyList<RedirectUri>? _redirectUris;

    public static ClientMetadata Empty { get; } = new();

    /// <summary>The members of the table that are present.</summary>
    public MemberValues Values
    {
        get => _values;
        init
        {
            var isParsed = ReferenceEquals(value[CoreMembers.RedirectUris], _values[CoreMembers.RedirectUris]);
            (_values, _redirectUris) = (value, isParsed ? _redirectUris : null);
        }
    }

    /// <summary>Language-tagged members (RFC 7591 section 2.2) by complete name, such as <c>client_name#ja</c>.</summary>
    public IReadOnlyDictionary<string, string> Localized { get; init; } = NoneLocalized;

    /// <summary>The members that the deployment names, by name, with any JSON value. The elements own their memory.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extensions { get; init; } = NoneExtended;

    /// <summary>
    /// All the values that the client supports, for members of which the server chooses one (OpenID Connect RP Metadata Choices 1.0).
    /// Empty in registered metadata, which has the choice.
    /// </summary>
    public IReadOnlyDictionary<MetadataMember, IReadOnlyList<string>> Choices { get; init; } = NoChoices;

    /// <summary>The members whose values cannot be read, and which are therefore absent. Empty in registered metadata.</summary>
    public IReadOnlyList<Violation> Unreadable { get; init; } = [];

    public IReadOnlyList<RedirectUri> RedirectUris
    {
        get => _redirectUris ??= Array.ConvertAll(_values[CoreMembers.RedirectUris] as string[] ?? [], text => new RedirectUri(text));
        init => (_values, _redirectUris) = (_values.With(CoreMembers.RedirectUris, value.Select(uri => uri.Text).ToArray()), value);
    }

    public string? TokenEndpointAuthMethod
    {
        get => Text(CoreMembers.TokenEndpointAuthMethod);
        init => _values = _values.With(CoreMembers.TokenEndpointAuthMethod, value);
    }

    public IReadOnlyList<string> GrantTypes
    {
        get => Texts(CoreMembers.GrantTypes);
        init => _values = _values.With(CoreMembers.GrantTypes, value);
    }

    public IReadOnlyList<string> ResponseTypes
    {
        get => Texts(CoreMembers.ResponseTypes);
        init => _values = _values.With(CoreMembers.ResponseTypes, value);
    }

    public string? ClientName { get => Text(CoreMembers.ClientName); init => _values = _values.With(CoreMembers.ClientName, value); }

    /// <summary>Space-separated scope values, RFC 6749 section 3.3.</summary>
    public string? Scope { get => Text(CoreMembers.Scope); init => _values = _values.With(CoreMembers.Scope, value); }

    public string? JwksUri { get => Text(CoreMembers.JwksUri); init => _values = _values.With(CoreMembers.JwksUri, value); }

    /// <summary>A JWK Set, RFC 7517 section 5.</summary>
    public JsonElement? Jwks { get => Json(CoreMembers.Jwks); init => _values = _values.With(CoreMembers.Jwks, value); }

    /// <summary>OpenID Connect Registration 1.0 section 2.</summary>
    public string? ApplicationType
    {
        get => Text(CoreMembers.ApplicationType);
        init => _values = _values.With(CoreMembers.ApplicationType, value);
    }

    /// <summary>
    /// A software statement exactly as it was sent (RFC 7591 section 2.3); in a registered client, only one that was verified and used.
    /// </summary>
    public string? SoftwareStatement
    {
        get => Text(CoreMembers.SoftwareStatement);
        init => _values = _values.With(CoreMembers.SoftwareStatement, value);
    }

    /// <summary>All members, by their name in the JSON document, in a fixed order.</summary>
    public IEnumerable<KeyValuePair<string, object>> Named()
    {
        foreach (var (member, value) in _values)
        {
            yield return new(member.Name, value);
        }

        foreach (var other in OutsideOfTable())
        {
            yield return other;
        }
    }

    /// <summary>Language-tagged members and those that the deployment names, by name, in a fixed order.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> OutsideOfTable() => Localized.Count + Extensions.Count == 0
        ? []
        :
        [
            .. Localized.Select(own => KeyValuePair.Create(own.Key, (object)own.Value)).OrderBy(own => own.Key, StringComparer.Ordinal),
            .. Extensions.Select(own => KeyValuePair.Create(own.Key, (object)own.Value)).OrderBy(own => own.Key, StringComparer.Ordinal),
        ];

    /// <summary>Whether both documents have the same members with equal values.</summary>
    public bool IsSameAs(ClientMetadata other) => ReferenceEquals(this, other)
        || Named().Select(member => member.Key).SequenceEqual(other.Named().Select(member => member.Key), StringComparer.Ordinal)
            && Named().Zip(other.Named()).All(pair => MemberJson.AreSame(pair.First.Value, pair.Second.Value));

    /// <summary>
    /// Whether a member of the table, its choices, or a member that the deployment names, is present and not an empty string.
    /// </summary>
    public bool States(string name) => MetadataMembers.Find(name) is { } member
        ? _values[member] is not (null or "") || Choices.ContainsKey(member)
        : Extensions.ContainsKey(name);

    /// <summary>As <see cref="States"/>, and a text, or an entry of a list, has something to see in it.</summary>
    public bool Shows(string name) => States(name)
        && (MetadataMembers.Find(name) is not { } member ? !IsBlank(Extensions[name]) : _values[member] switch
        {
            string text => VisibleText.IsIn(text),
            string[] texts => texts.Any(VisibleText.IsIn),
            null or bool or long or JsonElement => true,
            _ => throw new UnreachableException(),
        });

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && JsonText.Fault(value) is null && !VisibleText.IsIn(value.GetString()!);

    /// <summary>A member that is a string; <see langword="null"/> when it is absent.</summary>
    public string? Text(MetadataMember member) => _values[member] as string;

    /// <summary>A member that is an array of strings; empty when it is absent.</summary>
    public IReadOnlyList<string> Texts(MetadataMember member) => _values[member] as string[] ?? [];

    /// <summary>Whether a member is present and <see langword="true"/>.</summary>
    public bool Flag(MetadataMember member) => _values[member] is true;

    /// <summary>A member that is a number; <see langword="null"/> when it is absent.</summary>
    public long? Number(MetadataMember member) => _values[member] as long?;

    /// <summary>A member that is a JSON object; <see langword="null"/> when it is absent.</summary>
    public JsonElement? Json(MetadataMember member) => _values[member] as JsonElement?;

    /// <summary>The document with another value of a member; <see langword="null"/> leaves it out.</summary>
    public ClientMetadata With(MetadataMember member, object? value) => this with { Values = _values.With(member, value) };
}
