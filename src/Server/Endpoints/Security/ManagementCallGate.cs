using Grpc.AspNetCore.Server;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// The gate of the <c>ClientRegistration</c> service, for HTTP and gRPC alike: registrations by one gate, and what clients do with their
/// own record (RFC 7592) by the other.
/// </summary>
internal sealed class ManagementCallGate(ICallGate registration, ManagementAdmission management) : ICallGate
{
    /// <summary>The RPCs of RFC 7592, and the HTTP methods of the client configuration endpoint (section 2).</summary>
    private static readonly (string Rpc, ManagementActs Act, string Method)[] Acts =
    [
        ("ReadClient", ManagementActs.Read, HttpMethods.Get),
        ("UpdateClient", ManagementActs.Update, HttpMethods.Put),
        ("DeleteClient", ManagementActs.Delete, HttpMethods.Delete),
    ];

    public static IEnumerable<string> MethodsOf(ManagementActs acts) => Acts.Where(row => acts.HasFlag(row.Act)).Select(row => row.Method);

    public async ValueTask<CallAdmission> AdmitAsync(HttpContext http)
    {
        var rpc = http.GetEndpoint()!.Metadata.GetRequiredMetadata<GrpcMethodMetadata>().Method.Name;
        var act = ActOf(rpc);
        if (act == ManagementActs.None)
        {
            return await registration.AdmitAsync(http);
        }

        SecureTransport.Require(http);
        var client = await management.AdmitAsync(
            act,
            http.Request.RouteValues["client_id"] as string,
            http.Connection.RemoteIpAddress,
            BearerCredential.Of(http.Request.Headers.Authorization),
            CallOrigin.CallerOf(http, Actor.Applicant),
            http.RequestAborted);
        return new CallAdmission(Client: client);
    }

    private static ManagementActs ActOf(string rpc)
    {
        foreach (var row in Acts)
        {
            if (row.Rpc == rpc)
            {
                return row.Act;
            }
        }

        return ManagementActs.None;
    }
}
