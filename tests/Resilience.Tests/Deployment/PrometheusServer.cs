using System.Text.Json;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Resilience.Tests.Deployment;

/// <summary>
/// A Prometheus server of Debian that scrapes instances every second, with the alert rules of this repository. Killed when disposed.
/// </summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _process;
    private readonly HttpClient _api;

    private PrometheusServer(DirectoryInfo folder, ChildProcess process, int port)
    {
        (_folder, _process) = (folder, process);
        _api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public static async Task<PrometheusServer> StartAsync(IEnumerable<Instance> instances)
    {
        var program = Required.Program("prometheus", "prometheus", "That Prometheus scrapes instances is");
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-prometheus-");
        var configuration = Path.Combine(folder.FullName, "prometheus.yml");
        var targets = string.Join(", ", instances.Select(instance => $"'127.0.0.1:{instance.ManagementPort}'"));
        await File.WriteAllTextAsync(configuration, $"""
            global: {"{"} scrape_interval: 1s, evaluation_interval: 1s {"}"}
            rule_files: ['{Path.Combine(Repository.Root, "packaging/prometheus/alerts.yml")}']
            scrape_configs:
              - job_name: grpcdcr
                static_configs:
                  - targets: [{targets}]
            """);
        var port = FreePort.Next();
        string[] arguments =
        [
            $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
            $"--web.listen-address=127.0.0.1:{port}",
        ];
        var process = ChildProcess.Start(program, arguments, folder.FullName, new Dictionary<string, string?>());
        return new PrometheusServer(folder, process, port);
    }

    /// <summary>Waits until a query has values that satisfy a condition.</summary>
    /// <param name="query">In PromQL.</param>
    /// <param name="isRight">The condition.</param>
    public async Task<IReadOnlyList<double>> QueryAsync(string query, Predicate<IReadOnlyList<double>> isRight)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        using var limit = new CancellationTokenSource(Patience);
        IReadOnlyList<double>? values = null;
        while (values is null || !isRight(values))
        {
            Assert.False(
                limit.IsCancellationRequested, $"{query} is {string.Join(' ', values ?? [])}\n{_process.Output}\n{_process.Errors}");
            await timer.WaitForNextTickAsync();
            values = await AskAsync(query);
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <returns><see langword="null"/> while it starts.</returns>
    private async Task<IReadOnlyList<double>?> AskAsync(string query)
    {
        try
        {
            using var response = await _api.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
            using var document = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            return [.. document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(series => double.Parse(
                series.GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture))];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
