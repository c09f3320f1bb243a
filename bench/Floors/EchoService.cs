using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using GrpcDcr.Bench.V1;

namespace GrpcDcr.Bench.Floors;

/// <summary>Answers from as many different replies as the service has clients in its lookups, so that both use memory alike.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    private const int DifferentReplies = 10_000;

    private static readonly ConcurrentDictionary<int, ByteString[]> Replies = new();
    private static int _next;

    public override Task<SayResponse> Say(SayRequest request, ServerCallContext context)
    {
        var replies = Replies.GetOrAdd(
            request.ReplyBytes,
            count => [.. Enumerable.Range(0, DifferentReplies).Select(_ => ByteString.CopyFrom(new byte[count]))]);
        return Task.FromResult(new SayResponse
        {
            Payload = replies[(uint)Interlocked.Increment(ref _next) % DifferentReplies],
        });
    }
}
