using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Where a call comes from.</summary>
internal static class CallOrigin
{
    /// <summary>For the audit log: who, from where, in which request.</summary>
    public static Caller CallerOf(HttpContext http, Actor actor)
    {
        var address = http.Connection.RemoteIpAddress;
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return new Caller(actor, plain?.ToString(), http.TraceIdentifier);
    }

    /// <summary>An act of somebody with a role. In a request an empty text says nothing.</summary>
    public static ActRequest ActOf(HttpContext http, ActorRole role, string reason = "", string publicReason = "", string etag = "") => new(
        CallerOf(http, new Actor(role.ToString().ToLowerInvariant(), role)), NullIfEmpty(reason), NullIfEmpty(publicReason), NullIfEmpty(etag));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
