using Grpc.AspNetCore.Server;
using Grpc.Core;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Gives each endpoint of a gRPC service its listener and its policy.</summary>
internal static class ListenerConventions
{
    /// <param name="endpoints">What <c>MapGrpcService</c> returned: native endpoints, and transcoded ones where there are any.</param>
    /// <param name="profile">The HTTP behaviour of the transcoded endpoints; <see langword="null"/> if there are none.</param>
    public static void Secure(this IEndpointConventionBuilder endpoints, HttpProfile? profile = null) => endpoints.Add(endpoint =>
    {
        var method = endpoint.Metadata.OfType<GrpcMethodMetadata>().Single().Method;
        if (Policies.Of(method) is { } policy)
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(policy));
        }

        if (endpoint.Metadata.OfType<GrpcJsonTranscodingMetadata>().Any())
        {
            var http = profile ?? throw new InvalidOperationException($"{endpoint.DisplayName} has no HTTP profile.");
            var call = endpoint.RequestDelegate!;
            endpoint.Metadata.Add(http.Listener);
            endpoint.RequestDelegate = context => http.InvokeAsync(context, call);
        }
        else
        {
            endpoint.Metadata.Add(Listener.Internal);
            endpoint.Metadata.Add(new RpcMethod($"{method.ServiceName}/{method.Name}"));
            endpoint.RequestDelegate = Guarded(method, endpoint.RequestDelegate!);
        }
    });

    private static RequestDelegate Guarded(IMethod method, RequestDelegate call)
    {
        var guarded = call;
        if (method.Type is MethodType.Unary or MethodType.ServerStreaming)
        {
            var native = new NativeMessage(method.GetType().GenericTypeArguments[0]);
            guarded = context => native.InvokeAsync(context, call);
        }

        if (method.Type == MethodType.Unary)
        {
            return guarded;
        }

        var streams = new OpenStreams();
        return context => streams.InvokeAsync(context, guarded);
    }

    /// <summary>
    /// Checks before the start that every endpoint has a policy and a listener. An endpoint without them would be closed.
    /// </summary>
    /// <exception cref="InvalidOperationException">An endpoint has no policy or no listener.</exception>
    public static void RequireSecured(this IEndpointRouteBuilder endpoints)
    {
        foreach (var endpoint in endpoints.DataSources.SelectMany(source => source.Endpoints))
        {
            if (endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null || endpoint.Metadata.GetMetadata<Listener>() is null)
            {
                throw new InvalidOperationException($"{endpoint.DisplayName} has no policy or no listener.");
            }
        }
    }
}
