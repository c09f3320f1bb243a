using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>
/// The authorization server metadata of RFC 8414 section 2: the document of the deployment, completed with the members for registration. It
/// advertises exactly what registration accepts.
/// </summary>
internal sealed class MetadataDocument(RegistrationPolicies policies, AdmissionOptions admission, IPublicOrigin origin, BaseDocument known)
{
    private readonly Lazy<byte[]> _open = new(() => Compose(policies.Server, admission.Enabled, origin, known));
    private readonly Lazy<byte[]> _closed = new(() => Compose(policies.Server, acceptsRegistrations: false, origin, known));

    /// <summary>What the deployment must add before the document is served; empty if it is complete.</summary>
    public IReadOnlyList<string> Missing { get; } = RequiredMembers.MissingIn(known.Members, policies.Server);

    /// <summary>The <c>issuer</c>: that of the deployment's document, else the public origin.</summary>
    public string Issuer => IssuerOf(known, origin.Value);

    /// <summary>The names of this service in an <c>aud</c> claim.</summary>
    public IReadOnlyList<string> Names => [Issuer, origin.Value, PublicPaths.Registration(origin)];

    /// <param name="isClosed">Whether an administrator has closed registration.</param>
    public ReadOnlyMemory<byte> Bytes(bool isClosed) => (isClosed ? _closed : _open).Value;

    private static string IssuerOf(BaseDocument known, string origin) => known.Issuer ?? origin;

    private static byte[] Compose(RegistrationPolicy policy, bool acceptsRegistrations, IPublicOrigin origin, BaseDocument known)
    {
        var document = new JsonObject(known.Members.Where(HasElements).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        document["issuer"] = IssuerOf(known, origin.Value);
        document.Remove("registration_endpoint");
        if (acceptsRegistrations)
        {
            document["registration_endpoint"] = PublicPaths.Registration(origin);
        }

        PublishedMembers.Apply(policy, document);
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    /// <summary>Members without elements are left out (RFC 8414 section 3.2), and so are empty texts.</summary>
    private static bool HasElements(KeyValuePair<string, JsonNode?> member) => member.Value switch
    {
        null or JsonArray { Count: 0 } => false,
        JsonValue value => !value.TryGetValue<string>(out var text) || text.Length > 0,
        JsonNode => true,
    };
}

/// <summary>The origin of the public listener for callers, such as <c>https://as.example</c>, without a slash at the end.</summary>
internal interface IPublicOrigin
{
    string Value { get; }
}

/// <summary>The metadata document of the deployment; empty if there is none.</summary>
/// <param name="Members">The document.</param>
internal sealed record BaseDocument(JsonObject Members)
{
    public string? Issuer => Members["issuer"]?.GetValue<string>();
}
