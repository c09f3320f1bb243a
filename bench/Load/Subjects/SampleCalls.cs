using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>How long the messages of a call are.</summary>
internal sealed record Exchange(int RequestBytes, int ReplyBytes);

/// <summary>Makes each gRPC call once with a complete client: it works, and this is how long its messages are.</summary>
internal sealed class SampleCalls(Uri internalListener, string directoryToken) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(internalListener);
    private readonly Metadata _credential = new() { { "authorization", $"Bearer {directoryToken}" } };

    public async Task<Exchange> RegisterAsync(RegisterClientRequest request) =>
        Of(request, await new ClientRegistration.ClientRegistrationClient(_channel).RegisterClientAsync(request));

    public async Task<Exchange> AuthenticateAsync(AuthenticateClientRequest request) =>
        Of(request, await new ClientDirectory.ClientDirectoryClient(_channel).AuthenticateClientAsync(request, _credential));

    public async Task<Exchange> GetAsync(GetClientRequest request) =>
        Of(request, await new ClientDirectory.ClientDirectoryClient(_channel).GetClientAsync(request, _credential));

    public void Dispose() => _channel.Dispose();

    private static Exchange Of(IMessage request, IMessage reply) => new(request.CalculateSize(), reply.CalculateSize());
}
