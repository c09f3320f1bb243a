using System.Runtime.CompilerServices;
using Google.Protobuf;
using GrpcDcr.Server.Model;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>
/// Answers with a client for authorization servers. Records never change, so what a record looks like on the wire is encoded once and goes
/// with it: those asked for again and again stay in the store's cache.
/// </summary>
internal sealed class EncodedDirectoryResponses
{
    private readonly ConditionalWeakTable<RegisteredClient, UnknownFieldSet> _encoded = [];

    public GetClientResponse Get(RegisteredClient client) => GetClientResponse.Encoded(Of(client));

    public AuthenticateClientResponse Authenticated(RegisteredClient client) => AuthenticateClientResponse.Encoded(Of(client));

    private UnknownFieldSet Of(RegisteredClient client) => _encoded.GetValue(client, static record => Encode(record));

    /// <summary>The field <c>client</c>, which has the same number in both answers.</summary>
    private static UnknownFieldSet Encode(RegisteredClient client)
    {
        var answer = new GetClientResponse { Client = client.ToDirectoryClient() };
        var input = new CodedInputStream(answer.ToByteArray());
        input.ReadTag();
        return UnknownFieldSet.MergeFieldFrom(null, input);
    }
}
