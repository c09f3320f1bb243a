using System.Collections.Concurrent;
using System.Web;
using GrpcDcr.TestKit.Network;

namespace GrpcDcr.Cli.Tests.Running;

/// <summary>A server that answers as the test says, and keeps what it was sent.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly HostileServer _server;

    private FakeServer(Func<FakeServer, FakeCall, FakeAnswer> answer) => _server = HostileServer.Plain(async conversation =>
    {
        while (await conversation.ReadRequestAsync())
        {
            var call = new FakeCall(conversation.Target, await conversation.ReadBodyAsync());
            Calls.Enqueue(call);
            var (status, json, isCut) = answer(this, call);
            var length = json.Length + (isCut ? 1 : 0);
            await conversation.SendAsync(
                $"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{json}");
            if (isCut)
            {
                return;
            }
        }
    });

    public string Address => $"http://127.0.0.1:{_server.Port}";

    public ConcurrentQueue<FakeCall> Calls { get; } = new();

    public static FakeServer Start(Func<FakeServer, FakeCall, FakeAnswer> answer) => new(answer);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>What a server was sent.</summary>
internal sealed record FakeCall(string Target, string Body)
{
    /// <summary>A field of a form; null if it is absent.</summary>
    public string? Field(string name) => HttpUtility.ParseQueryString(Body)[name];
}

/// <summary>What a server answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Json">The document, in ASCII.</param>
/// <param name="IsCut">Whether the connection ends before the document does.</param>
internal sealed record FakeAnswer(int Status, string Json, bool IsCut = false);
