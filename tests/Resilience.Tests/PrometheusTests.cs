using System.Net;
using System.Text;
using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Resilience.Tests;

/// <summary>A real Prometheus scrapes three instances, and its alert rules see what is wrong with them.</summary>
public sealed class PrometheusTests(SharedCluster shared)
{
    private const int Instances = 3;
    private const int EachRegisters = 4;

    [Fact]
    public async Task Counts_what_all_instances_did_and_raises_an_alert_for_each_without_redis()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cluster = await Cluster.StartAsync(
            await shared.DatabaseAsync(), redis, "prometheus", ("Telemetry__Prometheus", "true"),
            ("Storage__Postgres__ConnectionString", $"{(await shared.DatabaseAsync()).ConnectionString};Maximum Pool Size=5"));
        await using var prometheus = await PrometheusServer.StartAsync(cluster.Instances);
        await RegisterAtEachAsync(cluster);

        await prometheus.QueryAsync("up{job='grpcdcr'}", IsOneForEach);
        await prometheus.QueryAsync("grpcdcr_store_ready", IsOneForEach);
        await prometheus.QueryAsync("grpcdcr_limit_shared", IsOneForEach);
        await prometheus.QueryAsync(
            "sum(grpcdcr_registrations_total{grpcdcr_registration_outcome='pending'})", values => values is [Instances * EachRegisters]);
        await prometheus.QueryAsync(
            "sum(grpcdcr_store_commit_duration_seconds_count{db_system_name='postgresql'})",
            values => values is [>= Instances * EachRegisters]);
        await prometheus.QueryAsync("grpcdcr_store_feed_lag_seconds < 5", values => values.Count == Instances);
        Assert.Empty(await prometheus.QueryAsync("ALERTS{alertname='GrpcDcrLimitsNotShared'}", _ => true));

        await redis.StopAsync();
        await RegisterAtEachAsync(cluster);

        await prometheus.QueryAsync("ALERTS{alertname='GrpcDcrLimitsNotShared'}", IsOneForEach);
        await prometheus.QueryAsync("count by (instance) (grpcdcr_limit_fallbacks_total) > 0", IsOneForEach);
    }

    private static bool IsOneForEach(IReadOnlyList<double> values) => values.Count == Instances && values.All(value => value == 1);

    private static async Task RegisterAtEachAsync(Cluster cluster)
    {
        foreach (var instance in cluster.Instances)
        {
            using var caller = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{instance.PublicPort}") };
            caller.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            caller.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
            for (var i = 0; i < EachRegisters; i++)
            {
                using var document = new StringContent(
                    """{ "redirect_uris": ["https://app.example/callback"] }""", Encoding.UTF8, "application/json");
                using var response = await caller.PostAsync("/oauth/register", document);
                Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            }
        }
    }
}
