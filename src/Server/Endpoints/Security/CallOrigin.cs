using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Where a call comes from.</summary>
internal static class CallOrigin
{
    /// <summary>For the audit log: a caller with a role, by the name of its token.</summary>
    public static Caller CallerOf(HttpContext http) => CallerOf(http, http.Features.GetRequiredFeature<AuthorizedCall>().Name!);

    /// <summary>For the audit log: who, from where, in which request.</summary>
    public static Caller CallerOf(HttpContext http, string actor)
    {
        var address = http.Connection.RemoteIpAddress;
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return new Caller(actor, plain?.ToString(), http.TraceIdentifier);
    }
}
