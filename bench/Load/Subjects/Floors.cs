using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Google.Protobuf;
using GrpcDcr.Bench.Load.Driving;
using GrpcDcr.Bench.V1;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>The least that the same exchange can cost on the same web server.</summary>
internal sealed class Floors : IDisposable
{
    private const string Say = "/grpcdcr.bench.v1.Echo/Say";

    private readonly PinnedProcess _process;
    private readonly IPEndPoint _http;
    private readonly IPEndPoint _grpc;

    private Floors(PinnedProcess process, int httpPort, int grpcPort)
    {
        _process = process;
        _http = new IPEndPoint(IPAddress.Loopback, httpPort);
        _grpc = new IPEndPoint(IPAddress.Loopback, grpcPort);
    }

    /// <param name="bench">Where the program lies, on which core it runs.</param>
    /// <param name="answerBytes">How long the body of a registration's answer is.</param>
    public static async Task<Floors> StartAsync(Workbench bench, int answerBytes)
    {
        var (httpPort, grpcPort) = (FreePort.Next(), FreePort.Next());
        var process = await PinnedProcess.StartAsync(
            "dotnet",
            bench.FloorsAssembly,
            bench.ServerCore,
            new Dictionary<string, string>
            {
                ["HttpPort"] = Text(httpPort),
                ["GrpcPort"] = Text(grpcPort),
                ["ReplyBytes"] = Text(answerBytes),
                ["Logging__LogLevel__Default"] = "Warning",
            },
            [httpPort, grpcPort],
            bench.LogOf("floors"));
        return new Floors(process, httpPort, grpcPort);
    }

    /// <summary>Parses a registration into an object and answers as many bytes as the service.</summary>
    public Contender BareEndpoint() =>
        new("bare Kestrel", _process, concurrency => Connections.Http(_http, RegistrationRequest.OverHttp(_http), concurrency));

    /// <summary>A gRPC call that does nothing.</summary>
    /// <param name="exchange">How long its messages are.</param>
    /// <param name="token">Sent as bearer token, but not checked.</param>
    public Contender Echo(Exchange exchange, string? token)
    {
        byte[][] requests = [GrpcRequest.Build(_grpc.ToString(), Say, token, MessageOf(exchange))];
        return new Contender("gRPC echo", _process, concurrency => Connections.Grpc(_grpc, requests, concurrency));
    }

    public Uri HttpUri => new($"http://{_http}/oauth/register");

    public Uri SayUri => new($"http://{_grpc}{Say}");

    /// <summary>A message of <see cref="Echo"/> as gRPC frames it.</summary>
    public static byte[] SayFrame(int bytes)
    {
        const int Prefix = 5;
        var message = MessageOf(new Exchange(bytes, bytes)).ToByteArray();
        var frame = new byte[Prefix + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, Prefix);
        return frame;
    }

    public void Dispose() => _process.Dispose();

    private static SayRequest MessageOf(Exchange exchange)
    {
        const int TagAndLength = 3;
        var message = new SayRequest { ReplyBytes = exchange.ReplyBytes - TagAndLength };
        message.Payload = ByteString.CopyFrom(new byte[Math.Max(1, exchange.RequestBytes - message.CalculateSize() - TagAndLength)]);
        return message;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
