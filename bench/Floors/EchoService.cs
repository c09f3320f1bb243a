using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using GrpcDcr.Bench.V1;

namespace GrpcDcr.Bench.Floors;

internal sealed class EchoService : Echo.EchoBase
{
    private static readonly ConcurrentDictionary<int, ByteString> Replies = new();

    public override Task<SayResponse> Say(SayRequest request, ServerCallContext context) => Task.FromResult(new SayResponse
    {
        Payload = Replies.GetOrAdd(request.ReplyBytes, count => ByteString.CopyFrom(new byte[count])),
    });
}
