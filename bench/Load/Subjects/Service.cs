using System.Net;
using Google.Protobuf;
using GrpcDcr.Bench.Load.Driving;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>The service itself, with its data on disk, and what is asked of it.</summary>
internal sealed class Service : IDisposable
{
    private const string Name = "GrpcDcr";

    public const string DirectoryToken = "directory-token-of-the-bench";

    private readonly PinnedProcess _process;
    private readonly IPEndPoint _publicListener;
    private readonly IPEndPoint _internalListener;

    private Service(PinnedProcess process, int publicPort, int internalPort)
    {
        _process = process;
        _publicListener = new IPEndPoint(IPAddress.Loopback, publicPort);
        _internalListener = new IPEndPoint(IPAddress.Loopback, internalPort);
    }

    public PinnedProcess Process => _process;

    /// <param name="bench">Where the program lies, on which core it runs.</param>
    /// <param name="engine">Where its data goes.</param>
    /// <param name="name">Of its data folder.</param>
    public static async Task<Service> StartAsync(Workbench bench, Engine engine, string name)
    {
        var (publicPort, internalPort) = (FreePort.Next(), FreePort.Next());
        var process = await PinnedProcess.StartAsync(
            runtime: "",
            bench.ServerProgram,
            bench.ServerCore,
            new Dictionary<string, string>(engine.Settings(bench.FolderOf(name)))
            {
                ["ENABLE_DYNAMIC_CLIENT_REGISTRATION"] = "true",
                ["DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT"] = "1000000000",
                ["RateLimit__Global"] = "1000000000",
                ["Registration__Approval"] = "Automatic",
                ["Kestrel__Endpoints__Public__Url"] = $"http://127.0.0.1:{publicPort}",
                ["Kestrel__Endpoints__Internal__Url"] = $"http://127.0.0.1:{internalPort}",
                ["Kestrel__Endpoints__Admin__Url"] = $"http://127.0.0.1:{FreePort.Next()}",
                ["Kestrel__Endpoints__Management__Url"] = "http://127.0.0.1:0",
                ["Authentication__Tokens__directory__Token"] = DirectoryToken,
                ["Authentication__Tokens__directory__Roles"] = "directory",
                ["Logging__LogLevel__Default"] = "Warning",
            },
            [publicPort, internalPort],
            bench.LogOf(name));
        return new Service(process, publicPort, internalPort);
    }

    public IPEndPoint PublicListener => _publicListener;

    public Uri RegistrationUri => new($"http://{_publicListener}/oauth/register");

    public Contender RegistrationOverHttp() => new(
        Name, _process, concurrency => Connections.Http(_publicListener, RegistrationRequest.OverHttp(_publicListener), concurrency));

    /// <remarks>Without a token: one that it does not know is refused.</remarks>
    public Contender RegistrationOverGrpc() => OverGrpc("v1.ClientRegistration/RegisterClient", null, [RegistrationRequest.Message]);

    public Contender AuthenticateClient(IReadOnlyList<IssuedClient> clients) =>
        OverGrpc("directory.v1.ClientDirectory/AuthenticateClient", DirectoryToken, clients.Select(AuthenticationOf));

    public Contender GetClient(IReadOnlyList<IssuedClient> clients) =>
        OverGrpc("directory.v1.ClientDirectory/GetClient", DirectoryToken, clients.Select(LookupOf));

    public static AuthenticateClientRequest AuthenticationOf(IssuedClient client) =>
        new() { ClientId = client.Id, ClientSecret = client.Secret, TokenEndpointAuthMethod = "client_secret_post" };

    public static GetClientRequest LookupOf(IssuedClient client) => new() { ClientId = client.Id };

    public SampleCalls SampleCalls() => new(new Uri($"http://{_internalListener}"), DirectoryToken);

    /// <summary>Registers clients, at their own pace.</summary>
    public async Task<IReadOnlyList<IssuedClient>> RegisterAsync(int count)
    {
        var clients = new IssuedClient[count];
        using var http = new HttpClient { BaseAddress = new Uri($"http://{_publicListener}") };
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, cancellation) =>
            clients[i] = await RegistrationRequest.SendAsync(http, cancellation));
        return clients;
    }

    public void Dispose() => _process.Dispose();

    private Contender OverGrpc(string method, string? token, IEnumerable<IMessage> messages)
    {
        byte[][] requests = [.. messages.Select(m => GrpcRequest.Build(_internalListener.ToString(), $"/grpcdcr.{method}", token, m))];
        return new Contender(Name, _process, concurrency => Connections.Grpc(_internalListener, requests, concurrency));
    }
}
