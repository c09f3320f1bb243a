using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Reads the metadata document of the deployment.</summary>
internal static class BaseDocumentFile
{
    private const string Key = $"{MetadataOptions.Section}:{nameof(MetadataOptions.BaseDocumentPath)}";

    public static BaseDocument Read(SettingsReader reader)
    {
        var path = reader.Read<MetadataOptions>(MetadataOptions.Section).BaseDocumentPath;
        if (path.Length == 0)
        {
            return new BaseDocument([]);
        }

        try
        {
            if (StrictJson.ReadObject(File.ReadAllBytes(path)) is { } document
                && JsonObject.Create(document) is { } members
                && HasUsableIssuer(members))
            {
                return new BaseDocument(members);
            }

            reader.Add(
                Key,
                path,
                "a file with one JSON object, whose issuer (where it has one) is an https URL without query and fragment, "
                + "or an http one of this machine");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reader.Add(Key, path, "a readable file with one JSON object");
        }

        return new BaseDocument([]);
    }

    /// <summary>RFC 8414 section 2.</summary>
    private static bool HasUsableIssuer(JsonObject members) => members["issuer"] is not { } issuer
        || (issuer.GetValueKind() == JsonValueKind.String
            && Uri.TryCreate(issuer.GetValue<string>(), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri is { Query: "", Fragment: "" });
}
