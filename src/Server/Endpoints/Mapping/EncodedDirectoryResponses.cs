using System.Runtime.CompilerServices;
using Google.Protobuf;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>
/// Responses with a client for authorization servers. Records are immutable, so each is encoded once, and the encoded message is stored
/// with it in the cache.
/// </summary>
internal sealed class EncodedDirectoryResponses
{
    private readonly ConditionalWeakTable<RegisteredClient, EncodedMessage> _basic = [];
    private readonly ConditionalWeakTable<RegisteredClient, EncodedMessage> _full = [];

    /// <summary>A <see cref="GetClientResponse"/>; an <see cref="AuthenticateClientResponse"/> has the same field.</summary>
    /// <exception cref="RegistrationRefusedException">The view is unknown.</exception>
    public EncodedMessage Of(RegisteredClient client, ClientView view = ClientView.Basic) => view switch
    {
        ClientView.Unspecified or ClientView.Basic => _basic.GetValue(client, static record => Encode(record, full: false)),
        ClientView.Full => _full.GetValue(client, static record => Encode(record, full: true)),
        _ => throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument("view", "The view must be one of BASIC, FULL.")),
    };

    private static EncodedMessage Encode(RegisteredClient client, bool full) =>
        new(new GetClientResponse { Client = client.ToDirectoryClient(full) }.ToByteArray());
}

/// <summary>An encoded message.</summary>
internal sealed record EncodedMessage(byte[] Bytes);
