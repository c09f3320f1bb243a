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
        var violations = new Violations();
        new UnknownFields(violations).FindIn((IMessage)request);
        return violations.Found.Count == 0
            ? continuation(request, context)
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
    }
}
