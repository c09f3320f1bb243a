using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Server.Endpoints.Http;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Wraps the methods of <see cref="ClientRegistrationService"/>: a transcoded call gets the document that the HTTP profile has read, and
/// the profile gets the response. Transcoding sees an empty document. Native gRPC calls pass unchanged.
/// </summary>
internal sealed class DocumentInterceptor : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (context.GetHttpContext().Features.Get<DocumentExchange>() is not { } exchange)
        {
            return await continuation(request, context);
        }

        exchange.Fill((IMessage)request);
        exchange.Response = (IMessage)await continuation(request, context);
        return Activator.CreateInstance<TResponse>();
    }
}
