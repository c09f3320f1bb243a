using Google.Protobuf.Reflection;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// The client metadata of RFC 7591 section 2. Immutable. The members of RFC 7591 are properties; members of other specifications, and those
/// that a deployment adds, are read by name. Null and the empty list mean that a member is absent.
/// </summary>
public sealed class RegisteredClientMetadata : IEquatable<RegisteredClientMetadata>
{
    private readonly ClientMetadata _members;

    /// <summary>Copies a message; tests use it to create a <see cref="RegisteredClient"/>.</summary>
    /// <param name="members">The members.</param>
    public RegisteredClientMetadata(ClientMetadata members)
    {
        ArgumentNullException.ThrowIfNull(members);
        _members = members.Clone();
        RedirectUris = [.. _members.RedirectUris];
        GrantTypes = [.. _members.GrantTypes];
        ResponseTypes = [.. _members.ResponseTypes];
    }

    /// <summary><c>redirect_uris</c>, in the order they were registered.</summary>
    public IReadOnlyList<string> RedirectUris { get; }

    /// <summary><c>grant_types</c>.</summary>
    public IReadOnlyList<string> GrantTypes { get; }

    /// <summary><c>response_types</c>.</summary>
    public IReadOnlyList<string> ResponseTypes { get; }

    /// <summary><c>token_endpoint_auth_method</c>.</summary>
    public string? TokenEndpointAuthMethod => Text("token_endpoint_auth_method");

    /// <summary><c>scope</c>: space-separated scope values (RFC 6749 section 3.3).</summary>
    public string? Scope => Text("scope");

    /// <summary><c>client_name</c>, without a language.</summary>
    public string? ClientName => Text("client_name");

    /// <summary><c>client_uri</c>, without a language.</summary>
    public string? ClientUri => Text("client_uri");

    /// <summary><c>logo_uri</c>, without a language.</summary>
    public string? LogoUri => Text("logo_uri");

    /// <summary><c>tos_uri</c>, without a language.</summary>
    public string? TosUri => Text("tos_uri");

    /// <summary><c>policy_uri</c>, without a language.</summary>
    public string? PolicyUri => Text("policy_uri");

    /// <summary><c>jwks_uri</c>.</summary>
    public string? JwksUri => Text("jwks_uri");

    /// <summary><c>jwks</c>: a JWK Set (RFC 7517 section 5) as JSON text.</summary>
    public string? Jwks => Text("jwks");

    /// <summary><c>software_id</c>.</summary>
    public string? SoftwareId => Text("software_id");

    /// <summary><c>software_version</c>.</summary>
    public string? SoftwareVersion => Text("software_version");

    /// <summary><c>application_type</c>: <c>web</c> or <c>native</c>.</summary>
    public string? ApplicationType => Text("application_type");

    /// <summary>A member that is a string.</summary>
    /// <param name="member">The registered name, such as <c>sector_identifier_uri</c>.</param>
    /// <returns>Its value; null when it is absent.</returns>
    /// <exception cref="ArgumentException">No member of this name is a string.</exception>
    public string? Text(string member) => (string?)Value(member, FieldType.String, isRepeated: false);

    /// <summary>A member that is an array of strings.</summary>
    /// <param name="member">The registered name, such as <c>post_logout_redirect_uris</c>.</param>
    /// <returns>Its values; empty when it is absent.</returns>
    /// <exception cref="ArgumentException">No member of this name is an array of strings.</exception>
    public IReadOnlyList<string> Texts(string member) =>
        [.. (IEnumerable<string>)Value(member, FieldType.String, isRepeated: true)!];

    /// <summary>A member that is true or false.</summary>
    /// <param name="member">The registered name, such as <c>dpop_bound_access_tokens</c>.</param>
    /// <returns>Its value; null when it is absent.</returns>
    /// <exception cref="ArgumentException">No member of this name is true or false.</exception>
    public bool? Flag(string member) => (bool?)Value(member, FieldType.Bool, isRepeated: false);

    /// <summary>A member that is a number.</summary>
    /// <param name="member">The registered name, such as <c>default_max_age</c>.</param>
    /// <returns>Its value; null when it is absent.</returns>
    /// <exception cref="ArgumentException">No member of this name is a number.</exception>
    public long? Number(string member) => (long?)Value(member, FieldType.Int64, isRepeated: false);

    /// <summary>A member that the deployment added (<c>Registration:ExtensionMembers</c>).</summary>
    /// <param name="member">Its name.</param>
    /// <returns>Its value as JSON text; null when it is absent.</returns>
    public string? Extension(string member) => _members.Extensions.TryGetValue(member, out var json) ? json : null;

    /// <summary>
    /// The language-tagged members by complete name, such as <c>client_name#ja</c> (RFC 7591 section 2.2). Empty unless the client was
    /// looked up with <see cref="Directory.V1.ClientView.Full"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Localized => new Dictionary<string, string>(_members.Localized, StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(RegisteredClientMetadata? other) => other is not null && _members.Equals(other._members);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegisteredClientMetadata);

    /// <inheritdoc/>
    public override int GetHashCode() => _members.GetHashCode();

    /// <summary>The members as JSON.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => _members.ToString();

    private object? Value(string member, FieldType type, bool isRepeated)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (ClientMetadata.Descriptor.FindFieldByName(member) is not { IsMap: false } field
            || field.FieldType != type
            || field.IsRepeated != isRepeated)
        {
            throw new ArgumentException($"'{member}' is not a member that can be read in this way.", nameof(member));
        }

        return isRepeated || field.Accessor.HasValue(_members) ? field.Accessor.GetValue(_members) : null;
    }
}
