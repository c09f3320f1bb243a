using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Reads the metadata document of the deployment, which must have all that RFC 8414 section 2 requires.</summary>
internal static class BaseDocumentFile
{
    private const string Key = $"{MetadataOptions.Section}:{nameof(MetadataOptions.BaseDocumentPath)}";

    private static readonly (string Member, string Setting, Func<MetadataOptions, string> Value)[] Endpoints =
    [
        (RequiredMembers.AuthorizationEndpoint, nameof(MetadataOptions.AuthorizationEndpoint), options => options.AuthorizationEndpoint),
        (RequiredMembers.TokenEndpoint, nameof(MetadataOptions.TokenEndpoint), options => options.TokenEndpoint),
    ];

    /// <param name="reader">The configuration.</param>
    /// <param name="policy">What may be registered.</param>
    /// <param name="origin">The public origin, which must be that of the issuer.</param>
    public static BaseDocument Read(SettingsReader reader, RegistrationPolicy policy, string origin)
    {
        var options = reader.Read<MetadataOptions>(MetadataOptions.Section);
        var members = options.BaseDocumentPath.Length == 0 ? [] : ReadFile(reader, options.BaseDocumentPath, origin);
        foreach (var (member, setting, valueOf) in Endpoints)
        {
            Complete(reader, members, member, $"{MetadataOptions.Section}:{setting}", valueOf(options));
        }

        if (members.Count > 0)
        {
            Require(reader, RequiredMembers.MissingIn(members, policy));
            foreach (var (name, setting, value) in PublishedMembers.IgnoredBy(policy, members))
            {
                reader.AddText(
                    $"The document in {Key} has {name}, and registration would ignore what clients ask for of it. "
                    + $"Allowed: {CapabilityOptions.Section}:{setting} with '{value}', or a document without the member.");
            }
        }

        return new BaseDocument(members);
    }

    private static JsonObject ReadFile(SettingsReader reader, string path, string origin)
    {
        JsonObject? members = null;
        try
        {
            members = StrictJson.ReadObject(File.ReadAllBytes(path)) is { } document ? JsonObject.Create(document) : null;
            if (members is null)
            {
                reader.Add(Key, path, "a file with one JSON object");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reader.Add(Key, path, $"a readable file with one JSON object; {UnreadableFile.ReasonOf(path) ?? "it cannot be read"}");
            return [];
        }

        CheckIssuer(reader, path, members?["issuer"], origin);
        foreach (var (name, value) in members ?? [])
        {
            if (AllowedIfWrong(name, value) is { } allowed)
            {
                reader.Add(Key, path, $"a document whose {name} is {allowed}");
            }
        }

        return members ?? [];
    }

    /// <summary>RFC 8414 sections 2 and 3.3. Clients refuse a document whose issuer is not where they found it.</summary>
    private static void CheckIssuer(SettingsReader reader, string path, JsonNode? issuer, string origin)
    {
        if (issuer is not null
            && !(UrlOf(TextOf(issuer)) is { Query: "", Fragment: "" } uri && AuthorityOf(uri) == AuthorityOf(new Uri(origin))))
        {
            reader.Add(
                Key, path,
                $"a document whose issuer is a URL without query and fragment at {nameof(ServiceOptions.PublicBaseUrl)}, here {origin}");
        }
    }

    private static void Complete(SettingsReader reader, JsonObject members, string member, string key, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (!IsEndpoint(value))
        {
            reader.Add(key, value, "an https URL without fragment; http only for localhost, 127.0.0.1 or [::1]");
        }
        else if (TextOf(members[member]) is { Length: > 0 } known && known != value)
        {
            reader.Add(key, value, $"the {member} of the document in {Key}, which is '{known}'");
        }

        members[member] = value;
    }

    private static void Require(SettingsReader reader, IReadOnlyList<string> missing)
    {
        foreach (var (member, setting, _) in Endpoints.Where(endpoint => missing.Contains(endpoint.Member)))
        {
            reader.Add(
                $"{MetadataOptions.Section}:{setting}", "", $"the {member} of the authorization server, here or in the document in {Key}; "
                + "clients refuse a metadata document without it");
        }
    }

    /// <summary>Empty members are left out of the document, whatever they are.</summary>
    private static string? AllowedIfWrong(string name, JsonNode? value) =>
        value is null || TextOf(value) is { Length: 0 } ? null
        : name.EndsWith("_endpoint", StringComparison.Ordinal) ? (IsEndpoint(TextOf(value)) ? null : "an https URL without fragment")
        : name == "mtls_endpoint_aliases" ? AllowedIfWrongAliases(value)
        : (name.EndsWith("_uri", StringComparison.Ordinal) || name == "service_documentation") && UrlOf(TextOf(value)) is null ? "a URL"
        : null;

    /// <summary>RFC 8705 section 5: the endpoints once more, for mutual TLS.</summary>
    private static string? AllowedIfWrongAliases(JsonNode value) => value is not JsonObject aliases
        ? "an object with https URLs"
        : aliases.Where(alias => !IsEndpoint(TextOf(alias.Value))).Select(alias => $"an object whose {alias.Key} is an https URL without "
            + "fragment").FirstOrDefault();

    private static string? TextOf(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static bool IsEndpoint(string? text) =>
        UrlOf(text) is { Fragment: "" } uri && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback);

    private static Uri? UrlOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static string AuthorityOf(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
