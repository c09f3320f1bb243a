using Google.Protobuf;
using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Endpoints.Mapping;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Replaces the generated binding of the service with its own marshallers: GetClient and AuthenticateClient return bytes that were encoded
/// when the client was first looked up.
/// </summary>
internal static class ClientDirectoryBinding
{
    private static readonly Marshaller<EncodedMessage> Encoded = new(Write, _ => throw new NotSupportedException());

    /// <summary>gRPC reflection uses it.</summary>
    public static ServiceDescriptor Descriptor => ClientDirectory.Descriptor;

    public static void BindService(ServiceBinderBase binder, ClientDirectoryBase? service)
    {
        binder.AddMethod(MethodOf(nameof(service.GetClient), GetClientRequest.Parser, Encoded), service is null ? null : service.GetClient);
        binder.AddMethod(
            MethodOf(nameof(service.AuthenticateClient), AuthenticateClientRequest.Parser, Encoded),
            service is null ? null : service.AuthenticateClient);
        binder.AddMethod(
            MethodOf(nameof(service.CheckRedirectUri), CheckRedirectUriRequest.Parser, MarshallerOf(CheckRedirectUriResponse.Parser)),
            service is null ? null : service.CheckRedirectUri);
    }

    private static Method<TRequest, TResponse> MethodOf<TRequest, TResponse>(
        string name, MessageParser<TRequest> parser, Marshaller<TResponse> response)
        where TRequest : IMessage<TRequest> =>
        new(MethodType.Unary, ClientDirectory.Descriptor.FullName, name, MarshallerOf(parser), response);

    private static Marshaller<T> MarshallerOf<T>(MessageParser<T> parser)
        where T : IMessage<T> =>
        new(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));

    private static void Write(EncodedMessage message, SerializationContext context) => context.Complete(message.Bytes);
}
