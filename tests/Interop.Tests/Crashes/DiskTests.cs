using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GrpcDcr.Interop.Tests.Running;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Crashes;

/// <summary>The real process on a disk that fills up, and on one that takes no writes.</summary>
public sealed class DiskTests
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task On_a_full_disk_changes_are_refused_reads_go_on_and_the_service_recovers_by_itself()
    {
        using var folder = new DataFolder();
        await using var disk = await SmallDisk.MountAsync(folder.Data, mebibytes: 48);
        await using var server = await ServerProcess.StartAsync(folder);
        var acknowledged = new List<JsonElement>();
        disk.Fill();

        var refusal = await RegisterUntilRefusedAsync(server, acknowledged);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
        Assert.Equal("temporarily_unavailable", (await refusal.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
        Assert.NotNull(refusal.Headers.RetryAfter);
        await ReadsItselfAsync(server, acknowledged[0]);
        await ReadsItselfAsync(server, acknowledged[^1]);
        using (var ready = await server.Management.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        disk.Empty();
        await RecoversAsync(server, acknowledged);
        await CheckAfterRestartAsync(server, folder, acknowledged);
    }

    [Fact]
    public async Task On_a_folder_that_takes_no_writes_the_service_does_not_start_and_says_why()
    {
        using var folder = new DataFolder();
        var acknowledged = new List<JsonElement>();
        await using (var server = await ServerProcess.StartAsync(folder))
        {
            using var answer = await RegisterAsync(server);
            acknowledged.Add(await answer.Content.ReadFromJsonAsync<JsonElement>());
        }

        await using (await SmallDisk.MountReadOnlyAsync(folder.Data))
        {
            await using var process = ServerProcess.Launch(folder);
            await process.EndedAsync(StartTime);

            Assert.Equal(78, process.ExitCode);
            Assert.Contains("Read-only file system", process.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        }

        await using var again = await ServerProcess.StartAsync(folder);
        await ReadsItselfAsync(again, acknowledged[0]);
    }

    /// <summary>The log is laid out beforehand, so that there is room for a while.</summary>
    private static async Task<HttpResponseMessage> RegisterUntilRefusedAsync(ServerProcess server, List<JsonElement> acknowledged)
    {
        while (true)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => RegisterAsync(server)));
            foreach (var created in answers.Where(answer => answer.StatusCode == HttpStatusCode.Created))
            {
                acknowledged.Add(await created.Content.ReadFromJsonAsync<JsonElement>());
            }

            if (Array.Find(answers, answer => answer.StatusCode != HttpStatusCode.Created) is { } refused)
            {
                return refused;
            }
        }
    }

    private static async Task RecoversAsync(ServerProcess server, List<JsonElement> acknowledged)
    {
        using var patience = new CancellationTokenSource(Recovery);
        while (true)
        {
            using var answer = await RegisterAsync(server);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                acknowledged.Add(await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None));
                return;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }

    private static async Task CheckAfterRestartAsync(ServerProcess server, DataFolder folder, List<JsonElement> acknowledged)
    {
        await server.Process.KillAsync();
        await using var again = await ServerProcess.StartAsync(folder);
        var found = (await StoreSnapshot.ReadAsync(again)).Clients;
        Assert.Equal([], acknowledged.Select(IdOf).Where(id => !found.ContainsKey(id)));
        await ReadsItselfAsync(again, acknowledged[^1]);
    }

    private static Task<HttpResponseMessage> RegisterAsync(ServerProcess server) =>
        server.Public.PostAsJsonAsync(
            "/oauth/register", new { redirect_uris = new[] { "https://app.example/cb" }, client_name = new string('n', 100) });

    private static async Task ReadsItselfAsync(ServerProcess server, JsonElement client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/oauth/register/{IdOf(client)}");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", client.GetProperty("registration_access_token").GetString());
        using var answer = await server.Public.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string IdOf(JsonElement client) => client.GetProperty("client_id").GetString()!;
}
