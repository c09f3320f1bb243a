using System.Globalization;
using System.Net;
using Google.Protobuf;
using GrpcDcr.Bench.Load.Driving;
using GrpcDcr.Bench.V1;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>The least that the same exchange can cost on the same web server.</summary>
internal sealed class Floors : IDisposable
{
    private readonly PinnedProcess process;
    private readonly IPEndPoint httpDoor;
    private readonly IPEndPoint grpcDoor;

    private Floors(PinnedProcess process, int httpPort, int grpcPort)
    {
        this.process = process;
        httpDoor = new IPEndPoint(IPAddress.Loopback, httpPort);
        grpcDoor = new IPEndPoint(IPAddress.Loopback, grpcPort);
    }

    /// <param name="bench">Where the program lies, on which core it runs.</param>
    /// <param name="answerBytes">How long the body of a registration's answer is.</param>
    public static async Task<Floors> StartAsync(Workbench bench, int answerBytes)
    {
        var (httpPort, grpcPort) = (PinnedProcess.FreePort(), PinnedProcess.FreePort());
        var process = await PinnedProcess.StartAsync(
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
        new(process, concurrency => Connections.Http(httpDoor, RegistrationRequest.OverHttp(httpDoor), concurrency));

    /// <summary>A gRPC call that does nothing.</summary>
    /// <param name="exchange">How long its messages are.</param>
    /// <param name="token">Sent as bearer token, and not looked at.</param>
    public Contender Echo(Exchange exchange, string? token)
    {
        const int TagAndLength = 3;
        var message = new SayRequest { ReplyBytes = exchange.ReplyBytes - TagAndLength };
        message.Payload = ByteString.CopyFrom(new byte[Math.Max(1, exchange.RequestBytes - message.CalculateSize() - TagAndLength)]);
        byte[][] requests = [GrpcRequest.Build(grpcDoor.ToString(), "/grpcdcr.bench.v1.Echo/Say", token, message)];
        return new Contender(process, concurrency => Connections.Grpc(grpcDoor, requests, concurrency));
    }

    public void Dispose() => process.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
