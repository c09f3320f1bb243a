using System.Text.Json;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Members whose field is JSON text: <c>jwks</c>, and what deployments add.</summary>
internal static class JsonTextMapping
{
    /// <summary>As deep as a document of OAuth may be.</summary>
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Not an object: the rules refuse it beside everything else that is wrong.</summary>
    private static readonly JsonElement Unusable = JsonElement.Parse("[]");

    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>An object; an empty array, which no rule accepts, for a text that is none.</summary>
    public static JsonElement ObjectOf(string text) => Parse(text) is { ValueKind: JsonValueKind.Object } value ? value : Unusable;

    /// <summary>Any value; <c>null</c> for a text that is none.</summary>
    public static JsonElement ValueOf(string text) => Parse(text) ?? Null;

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
