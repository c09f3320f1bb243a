using System.Net;
using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Load;
using GrpcDcr.TestKit;
using GrpcDcr.V1;

namespace GrpcDcr.Resilience.Tests;

/// <summary>
/// What one instance changed, it honours at once and the others within a second, though all of them remember the client as it was.
/// </summary>
public sealed class CacheRuleTests(SharedCluster shared, ITestOutputHelper log)
{
    private static readonly int Rounds = Repetitions.Of("FAULT_ROUNDS", inEveryRun: 1);
    private static readonly Metadata Credential = new() { { "authorization", $"Bearer {Cluster.DirectoryToken}" } };

    private readonly Recorder _recorder = new("cache rule");

    [Fact]
    public async Task An_act_at_one_instance_is_honoured_by_the_others_within_a_second() =>
        await AssertHonouredAsync(await shared.ClusterAsync());

    [Fact]
    public async Task Without_notifications_it_is_honoured_as_soon()
    {
        await using var cluster = await Cluster.StartAsync(
            await shared.DatabaseAsync(), await shared.LimitsAsync(), "without_notifications", (
                "Storage__Postgres__Notifications", "false"));
        await AssertHonouredAsync(cluster);
    }

    private async Task AssertHonouredAsync(Cluster cluster)
    {
        using var listener = HttpListenerClient.Public(cluster.Public.Port, _recorder);
        for (var round = 0; round < Rounds; round++)
        {
            var client = await new ClientLoad(listener, _recorder, new Population(_recorder)).RegisterAsync();
            var old = client!.Secret;

            await ActAsync(cluster, client, "approve", instance => AuthenticatesAsync(instance, client, old));
            await ActAsync(cluster, client, "suspend", async instance => !await AuthenticatesAsync(instance, client, old));
            await ActAsync(cluster, client, "reinstate", instance => AuthenticatesAsync(instance, client, old));
            await ActAsync(cluster, client, "rotateSecret", async instance => !await AuthenticatesAsync(instance, client, old));
            await ActAsync(cluster, client, "", async instance => await StateAsync(instance, client) is null);
        }

        Assert.Empty(_recorder.Failures);
        Assert.Empty(_recorder.Surprises);
    }

    /// <summary>Acts at the first instance while all remember the client as it was.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="client">Upon whom.</param>
    /// <param name="act">What; empty for deletion.</param>
    /// <param name="isHonoured">Whether an instance goes by it.</param>
    private async Task ActAsync(Cluster cluster, OwnClient client, string act, Func<Instance, Task<bool>> isHonoured)
    {
        foreach (var instance in cluster.Instances)
        {
            await StateAsync(instance, client);
            Assert.False(await isHonoured(instance));
        }

        using var listener = HttpListenerClient.Admin(cluster.Instances[0].AdminPort, _recorder);
        var path = $"/admin/v1/clients/{client.Id}";
        var answer = act.Length == 0
            ? await listener.SendAsync(HttpMethod.Delete, path, Cluster.AdminToken, null)
            : await listener.SendAsync(
                HttpMethod.Post,
                $"{path}:{act}",
                Cluster.AdminToken,
                new { reason = "test", etag = (await listener.SendAsync(HttpMethod.Get, path, Cluster.AdminToken, null))!.Text("etag") });
        Assert.Equal(HttpStatusCode.OK, answer?.Status);

        var acknowledged = _recorder.Now;
        Assert.True(await isHonoured(cluster.Instances[0]), $"{act} is not honoured at once where it was done.");
        var waits = await Task.WhenAll(cluster.Instances.Skip(1).Select(instance => WaitAsync(instance, acknowledged, isHonoured)));
        log.WriteLine(
            $"{(act.Length == 0 ? "delete" : act)}: honoured after "
                + $"{string.Join(" and ", waits.Select(wait => $"{wait.TotalMilliseconds:0} ms"))}");
    }

    /// <returns>How long after the acknowledgement the first question was asked whose answer honours the act.</returns>
    private async Task<TimeSpan> WaitAsync(Instance instance, TimeSpan acknowledged, Func<Instance, Task<bool>> isHonoured)
    {
        while (true)
        {
            // A question that is asked later must not be answered by memory, however long the answer takes to get here.
            var wait = _recorder.Now - acknowledged;
            if (await isHonoured(instance))
            {
                Assert.True(await isHonoured(instance), $"{instance.Name} went back.");
                return wait;
            }

            Assert.True(wait <= LookupLoad.MaxStaleness, $"{instance.Name} did not honour it {wait} after.");
        }
    }

    private static async Task<bool> AuthenticatesAsync(Instance instance, OwnClient client, string secret)
    {
        try
        {
            await new ClientDirectory.ClientDirectoryClient(instance.Internal).AuthenticateClientAsync(
                new() { ClientId = client.Id, ClientSecret = secret, TokenEndpointAuthMethod = "client_secret_basic" }, Credential);
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    /// <returns><see langword="null"/> when there is no such client.</returns>
    private static async Task<ClientState?> StateAsync(Instance instance, OwnClient client)
    {
        try
        {
            var found = await new ClientDirectory.ClientDirectoryClient(instance.Internal)
                .GetClientAsync(new GetClientRequest { ClientId = client.Id }, Credential);
            return found.Client.State;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
