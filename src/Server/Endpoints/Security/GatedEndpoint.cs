using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Http;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Asks a gate before an endpoint reads its request, and leaves the decision on the call.</summary>
internal static class GatedEndpoint
{
    /// <summary>Puts <paramref name="gate"/> before each endpoint, and each kind of endpoint at its own listener.</summary>
    /// <param name="endpoints">What <c>MapGrpcService</c> returned: native endpoints, and transcoded ones where there are any.</param>
    /// <param name="gate">Who decides.</param>
    /// <param name="profile">How the transcoded endpoints speak HTTP; <see langword="null"/> where there are none.</param>
    public static void WithGate(this IEndpointConventionBuilder endpoints, ICallGate gate, HttpProfile? profile = null) =>
        endpoints.Add(endpoint =>
        {
            var call = endpoint.RequestDelegate!;
            if (endpoint.Metadata.OfType<GrpcJsonTranscodingMetadata>().Any())
            {
                var http = profile ?? throw new InvalidOperationException($"{endpoint.DisplayName} has no HTTP profile.");
                endpoint.Metadata.Add(http.Door);
                endpoint.RequestDelegate = context => http.InvokeAsync(context, gate, call);
            }
            else
            {
                endpoint.Metadata.Add(Door.Inner);
                endpoint.RequestDelegate = context => InvokeGrpcAsync(context, gate, call);
            }
        });

    private static async Task InvokeGrpcAsync(HttpContext http, ICallGate gate, RequestDelegate call)
    {
        if (await GateDecision.RefusalOfAsync(http, gate) is { } refusal)
        {
            GrpcDenial.Write(http, refusal);
            return;
        }

        await call(http);
    }
}
