using System.Text.Json;

namespace GrpcDcr.Server.Model;

/// <summary>
/// Client metadata, RFC 7591 section 2. Each property is the member of that name; <see langword="null"/> and the empty list mean
/// that it is absent. Values are exactly what the client sent, or what registration put in their place.
/// </summary>
internal sealed record ClientMetadata
{
    // Above Empty: static fields are set in the order in which they stand.
    private static readonly IReadOnlyDictionary<string, string> NoneLocalized = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<string, JsonElement> NoneExtended = new Dictionary<string, JsonElement>();

    public static ClientMetadata Empty { get; } = new();

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    public string? TokenEndpointAuthMethod { get; init; }

    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    public IReadOnlyList<string> ResponseTypes { get; init; } = [];

    public string? ClientName { get; init; }

    public string? ClientUri { get; init; }

    public string? LogoUri { get; init; }

    /// <summary>Space-separated scope values, RFC 6749 section 3.3.</summary>
    public string? Scope { get; init; }

    public IReadOnlyList<string> Contacts { get; init; } = [];

    public string? TosUri { get; init; }

    public string? PolicyUri { get; init; }

    public string? JwksUri { get; init; }

    /// <summary>A JWK Set, RFC 7517 section 5. The element owns its memory (<see cref="JsonElement.Clone"/>).</summary>
    public JsonElement? Jwks { get; init; }

    public string? SoftwareId { get; init; }

    public string? SoftwareVersion { get; init; }

    /// <summary>OpenID Connect Registration 1.0 section 2.</summary>
    public string? ApplicationType { get; init; }

    /// <summary>Human-readable members in other languages (RFC 7591 section 2.2) by whole name, such as <c>client_name#ja</c>.</summary>
    public IReadOnlyDictionary<string, string> Localized { get; init; } = NoneLocalized;

    /// <summary>
    /// A software statement exactly as it was sent (RFC 7591 section 2.3); in what is registered, only one that was verified and used.
    /// </summary>
    public string? SoftwareStatement { get; init; }

    /// <summary>
    /// The members that other specifications define (<see cref="ExtensionMembers"/>), and those a deployment names, by name. Each has
    /// the JSON type of its definition. The elements own their memory.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Extensions { get; init; } = NoneExtended;

    /// <summary>A member of <see cref="Extensions"/> that is a string; <see langword="null"/> when it is absent.</summary>
    public string? Text(string member) =>
        Extensions.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member of <see cref="Extensions"/> that is an array of strings; empty when it is absent.</summary>
    public IReadOnlyList<string> Texts(string member) =>
        Extensions.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];

    /// <summary>Whether a member of <see cref="Extensions"/> is <see langword="true"/>.</summary>
    public bool Flag(string member) => Extensions.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.True;
}
