using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>What is no message of a gRPC method is refused with a status that says so, and leaves no stack in the log.</summary>
public sealed class UnreadableMessageTests(OpenServer shared) : IClassFixture<OpenServer>
{
    /// <summary>A field of two octets of which one is there; no message can be read from it.</summary>
    private static readonly byte[] Cut = [0x0A, 0x02, 0x41];

    private readonly RunningServer _server = shared.Server;

    public static TheoryData<string, byte[], StatusCode> Bodies => new()
    {
        { "no prefix", [], StatusCode.InvalidArgument },
        { "half a prefix", [0, 0, 0], StatusCode.InvalidArgument },
        { "a cut field", NativeCall.Frame(Cut), StatusCode.InvalidArgument },
        { "a text that is not UTF-8", NativeCall.Frame([0x12, 0x02, 0xC3, 0x28]), StatusCode.InvalidArgument },
        { "a message shorter than its length", [0, 0, 0, 0, 9, 1], StatusCode.InvalidArgument },
        { "a message longer than its length", [0, 0, 0, 0, 1, 1, 2, 3], StatusCode.InvalidArgument },
        { "two messages", [.. NativeCall.Frame([]), .. NativeCall.Frame([])], StatusCode.InvalidArgument },
        { "a group within a group, and so on", NativeCall.Frame([.. Enumerable.Repeat((byte)0x0B, 500)]), StatusCode.InvalidArgument },
        { "a message that is too large", NativeCall.Frame(new byte[NativeMessage.MaxMessageSize + 1]), StatusCode.ResourceExhausted },
        { "a body above the limit of the connection", NativeCall.Frame(new byte[65_500]), StatusCode.ResourceExhausted },
        { "a compressed message that does not say how", [1, 0, 0, 0, 1, 0], StatusCode.InvalidArgument },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Is_refused_without_a_stack(string what, byte[] body, StatusCode status)
    {
        using var call = await NativeCall.RegisterAsync(_server, body, token: null);

        Assert.Equal((what, status), (what, call.Status));
        HasNoStack();
    }

    [Fact]
    public async Task Is_refused_by_every_method_that_has_one_message()
    {
        var methods = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null
                && !endpoint.Metadata.OfType<Microsoft.AspNetCore.Grpc.JsonTranscoding.GrpcJsonTranscodingMetadata>().Any())
            .Select(endpoint => endpoint.Metadata.GetRequiredMetadata<GrpcMethodMetadata>().Method)
            .Where(method => method.Type is MethodType.Unary or MethodType.ServerStreaming).ToList();
        Assert.True(methods.Count > 25);
        foreach (var method in methods)
        {
            foreach (var token in new[] { null, RunningServer.AdminToken, RunningServer.DirectoryToken })
            {
                using var call = await NativeCall.SendAsync(_server, method.FullName, NativeCall.Frame(Cut), token);
                Assert.True(
                    call.Status is StatusCode.InvalidArgument or StatusCode.Unauthenticated or StatusCode.PermissionDenied,
                    $"{method.FullName}: {call.Status}");
            }
        }

        HasNoStack();
    }

    [Fact]
    public async Task Streams_that_stay_open_are_bounded()
    {
        await using var server = await RunningServer.StartAsync();
        var health = new Health.HealthClient(server.Internal);
        var streams = new List<AsyncServerStreamingCall<HealthCheckResponse>>();
        for (var i = 0; i < OpenStreams.Limit; i++)
        {
            streams.Add(health.Watch(new HealthCheckRequest()));
            Assert.True(await streams[i].ResponseStream.MoveNext(CancellationToken.None));
        }

        using var oneMore = health.Watch(new HealthCheckRequest());
        var refusal = await Assert.ThrowsAsync<RpcException>(() => oneMore.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);

        streams.ForEach(stream => stream.Dispose());
        await Eventually.HoldsAsync(async () =>
        {
            using var again = health.Watch(new HealthCheckRequest());
            try
            {
                return await again.ResponseStream.MoveNext(CancellationToken.None);
            }
            catch (RpcException)
            {
                return false;
            }
        });
    }

    private void HasNoStack() => Assert.DoesNotContain(
        _server.Log.All, line => line.StartsWith("Error", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal));
}
