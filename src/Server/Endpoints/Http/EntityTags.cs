using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Management;
using GrpcDcr.Server.Model;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// The version of a client's own registration as <c>ETag</c>, and what requests demand of it by <c>If-Match</c> and <c>If-None-Match</c>
/// (RFC 9110 sections 8.8.3 and 13.1). In native gRPC these are metadata.
/// </summary>
internal static class EntityTags
{
    public static void Show(HttpResponse response, RegisteredClient client) => response.Headers.ETag = $"\"{Etag.Of(client)}\"";

    /// <exception cref="RegistrationRefusedException">A header is malformed.</exception>
    public static Precondition PreconditionOf(HttpRequest request) => new(
        Read(request, HeaderNames.IfMatch, tag => !tag.IsWeak), Read(request, HeaderNames.IfNoneMatch, _ => true));

    /// <summary>Whether the caller of a read has the version that is shown (RFC 9110 section 13.1.2).</summary>
    public static bool IsKnown(HttpContext http) => Read(http.Request, HeaderNames.IfNoneMatch, _ => true)?.Any(
        tag => tag is Precondition.Any || $"\"{tag}\"" == http.Response.Headers.ETag) == true;

    private static IReadOnlyList<string>? Read(HttpRequest request, string header, Func<EntityTagHeaderValue, bool> counts)
    {
        var values = request.Headers[header];
        return StringValues.IsNullOrEmpty(values) ? null
            : EntityTagHeaderValue.TryParseStrictList(values, out var tags) ? [.. tags.Where(counts).Select(TextOf)]
            : throw new RegistrationRefusedException(new RegistrationFault.MalformedRequest($"The {header} header is malformed."));
    }

    private static string TextOf(EntityTagHeaderValue tag) => tag.Tag.ToString().Trim('"');
}
