using System.Globalization;
using Grpc.Core;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Measures native gRPC calls, and completes their spans, by the names of the semantic conventions of OpenTelemetry. Interceptors do not
/// see calls that are refused before them, so the status is taken from the response.
/// </summary>
internal static class CallMetrics
{
    private const string StatusHeader = "grpc-status";

    public static void UseCallMetrics(this IApplicationBuilder app)
    {
        var metrics = app.ApplicationServices.GetRequiredService<ServiceMetrics>();
        app.Use((http, next) => (metrics.ObservesCalls || Spans.AreObserved) && http.Features.Get<Listener>() == Listener.Internal
            ? MeasureAsync(http, next, metrics)
            : next(http));
    }

    private static async Task MeasureAsync(HttpContext http, RequestDelegate next, ServiceMetrics metrics)
    {
        var started = ServiceMetrics.Start();
        try
        {
            await next(http);
        }
        finally
        {
            // Without a method it was no gRPC call.
            if (http.GetEndpoint()?.Metadata.GetMetadata<RpcMethod>() is { } method)
            {
                var status = StatusOf(http);
                var name = Attributes.RpcStatus.Values[(int)status];
                metrics.Called(started, method.Name, name, IsFailure(status));
                http.Features.Get<IHttpActivityFeature>()?.Activity.SetCall(method.Name, name, IsFailure(status));
            }
        }
    }

    private static StatusCode StatusOf(HttpContext http)
    {
        var sent = http.Response.Headers.TryGetValue(StatusHeader, out var inHeaders) ? inHeaders
            : http.Features.Get<IHttpResponseTrailersFeature>() is { } trailing
                && trailing.Trailers.TryGetValue(StatusHeader, out var inTrailers) ? inTrailers
            : default;
        return int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code < Attributes.RpcStatus.Values.Count
            ? (StatusCode)code
            : http.RequestAborted.IsCancellationRequested ? StatusCode.Cancelled : StatusCode.Unknown;
    }

    /// <summary>Whether it is the fault of the server (semantic conventions for gRPC).</summary>
    private static bool IsFailure(StatusCode status) => status is StatusCode.Unknown or StatusCode.DeadlineExceeded
        or StatusCode.Unimplemented or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}

/// <summary>The method of a native gRPC endpoint.</summary>
/// <param name="Name">As <c>package.Service/Method</c>.</param>
internal sealed record RpcMethod(string Name);
