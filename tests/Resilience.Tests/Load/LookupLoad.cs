using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.Resilience.Tests.Deployment;

namespace GrpcDcr.Resilience.Tests.Load;

/// <summary>An authorization server that asks one instance, again and again, about the clients that changed last.</summary>
internal sealed class LookupLoad(Instance instance, Recorder recorder, Population population)
{
    /// <summary>How late an instance may honour what another one changed.</summary>
    public static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(200);

    private readonly ClientDirectory.ClientDirectoryClient _directory = new(instance.Internal);
    private readonly Metadata _credential = new() { { "authorization", $"Bearer {Cluster.DirectoryToken}" } };
    private bool _failed;

    public async Task RunAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            _failed = false;
            await LookAsync();
            await Task.Delay(_failed ? PauseAfterFailure : Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Looks all clients up that are watched.</summary>
    public async Task LookAsync()
    {
        foreach (var client in population.Watched)
        {
            await GetAsync(client);
            await AuthenticateAsync(client);
        }
    }

    private async Task GetAsync(OwnClient client)
    {
        var begin = recorder.Now;
        try
        {
            var found = await _directory.GetClientAsync(new GetClientRequest { ClientId = client.Id }, Options());
            SawClient(found.Client, begin);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            recorder.Saw(client.Id, begin, stand => stand.IsGone, $"its end at {instance.Name}");
        }
        catch (RpcException e)
        {
            Failed(e, begin);
        }
    }

    private async Task AuthenticateAsync(OwnClient client)
    {
        var begin = recorder.Now;
        try
        {
            var request = new AuthenticateClientRequest
            {
                ClientId = client.Id,
                ClientSecret = client.Secret,
                TokenEndpointAuthMethod = "client_secret_basic",
            };
            SawClient((await _directory.AuthenticateClientAsync(request, Options())).Client, begin);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unauthenticated)
        {
            // Memory alone refuses nobody.
            recorder.Saw(client.Id, begin, stand => stand.State != "ACTIVE", $"no active client at {instance.Name}");
        }
        catch (RpcException e)
        {
            Failed(e, begin);
        }
    }

    private void SawClient(Directory.V1.Client client, TimeSpan begin)
    {
        var state = client.State.ToString().ToUpperInvariant();
        recorder.Saw(
            client.ClientId, begin, MaxStaleness, stand => stand.Revision == client.Revision
                && stand.State == state, $"revision {client.Revision}, {state}, at {instance.Name}");
    }

    private void Failed(RpcException e, TimeSpan begin)
    {
        _failed = true;
        if (e.StatusCode == StatusCode.Unavailable)
        {
            // The one that never came has no trailers of the service.
            recorder.Failed(begin, e.Status.DebugException is null ? FailureKind.Refused : FailureKind.Broken, What());
        }
        else if (e.StatusCode is StatusCode.Internal or StatusCode.Cancelled or StatusCode.Unknown && e.Status.DebugException is not null)
        {
            recorder.Failed(begin, FailureKind.Broken, What());
        }
        else
        {
            recorder.Surprises.Enqueue(What());
        }

        string What() => $"lookup at {instance.Name}: {e.Status}";
    }

    private CallOptions Options() => new(_credential, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + CallTime);
}
