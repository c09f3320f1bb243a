using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Where a call comes from.</summary>
internal static class CallOrigin
{
    /// <summary>An act of a caller with a role. Empty texts count as absent.</summary>
    public static ActRequest ActOf(
        HttpContext http, string reason = "", string publicReason = "", string etag = "", string requestId = "") => new(
        CallerOf(http, http.Features.GetRequiredFeature<AuthorizedCall>().Actor),
        NullIfEmpty(reason),
        NullIfEmpty(publicReason),
        NullIfEmpty(etag),
        NullIfEmpty(requestId));

    /// <summary>The caller for the audit log.</summary>
    public static Caller CallerOf(HttpContext http, Actor actor)
    {
        var address = http.Connection.RemoteIpAddress;
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return new Caller(actor, plain?.ToString(), http.TraceIdentifier);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
