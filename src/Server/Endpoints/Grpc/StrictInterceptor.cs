using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Refuses requests with fields or enum values that this version does not have, all of them at once. For the services of the admin API.
/// </summary>
internal sealed class StrictInterceptor : Interceptor
{
    /// <exception cref="RegistrationRefusedException">Names every one.</exception>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check((IMessage)request);
        return continuation(request, context);
    }

    /// <exception cref="RegistrationRefusedException">Names every one.</exception>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check((IMessage)request);
        return continuation(request, responseStream, context);
    }

    private static void Check(IMessage request)
    {
        var violations = new Violations();
        new UnknownFields(violations).FindIn(request);
        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }
    }
}
