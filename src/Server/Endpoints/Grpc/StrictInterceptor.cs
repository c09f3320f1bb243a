using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Refuses requests of the admin API with fields or enum values that this version does not have, all of them at once. Every service of the
/// package is covered.
/// </summary>
internal sealed class StrictInterceptor : Interceptor
{
    private static readonly string AdminPackage = AuditLogReflection.Descriptor.Package;

    /// <exception cref="RegistrationRefusedException">Names every one.</exception>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var (message, violations) = ((IMessage)request, new Violations());
        if (message.Descriptor.File.Package == AdminPackage)
        {
            new UnknownFields(violations).FindIn(message);
        }

        return violations.Found.Count == 0
            ? continuation(request, context)
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
    }
}
