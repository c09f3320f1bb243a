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
    private readonly Lazy<byte[]> _bytes = new(() => Compose(policies.Server, admission, origin, known));

    public ReadOnlyMemory<byte> Bytes => _bytes.Value;

    /// <summary>The <c>issuer</c>: that of the deployment's document, else the public origin.</summary>
    public string Issuer => IssuerOf(known, origin.Value);

    /// <summary>The names of this service in an <c>aud</c> claim.</summary>
    public IReadOnlyList<string> Names => [Issuer, origin.Value, PublicPaths.Registration(origin)];

    private static string IssuerOf(BaseDocument known, string origin) => known.Issuer ?? origin;

    private static byte[] Compose(RegistrationPolicy policy, AdmissionOptions admission, IPublicOrigin origin, BaseDocument known)
    {
        var document = new JsonObject(known.Members.Where(HasElements).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        document["issuer"] = IssuerOf(known, origin.Value);
        document.Remove("registration_endpoint");
        if (admission.Enabled)
        {
            document["registration_endpoint"] = PublicPaths.Registration(origin);
        }

        PublishedMembers.Apply(policy, document);
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    /// <summary>Members without elements are left out (RFC 8414 section 3.2).</summary>
    private static bool HasElements(KeyValuePair<string, JsonNode?> member) => member.Value is not (null or JsonArray { Count: 0 });
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
