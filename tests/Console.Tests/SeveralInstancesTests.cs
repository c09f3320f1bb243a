using System.Net;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests;

/// <summary>Instances that share a database share sessions.</summary>
public sealed class SeveralInstancesTests : IAsyncLifetime
{
    private PostgresServer? _database;

    public async ValueTask InitializeAsync() => _database = await PostgresServer.StartAsync("fsync=off");

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_session_of_one_is_a_session_of_the_other_even_if_both_made_the_first_key_at_once()
    {
        var instances = await Task.WhenAll(StartAsync(), StartAsync());
        await using var one = instances[0];
        await using var other = instances[1];
        var visitors = await Task.WhenAll(Visitor.SignedInAsync(one), Visitor.SignedInAsync(other));
        foreach (var (visitor, elsewhere) in new[] { (visitors[0], other), (visitors[1], one) })
        {
            using var there = new Visitor(elsewhere.AdminAddress);
            TakeCookies(visitor, there, elsewhere);
            Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/console")).Status);
            Assert.Equal(HttpStatusCode.SeeOther, (await there.SubmitAsync("/console", "/console/sign-out")).Status);
            visitor.Dispose();
        }
    }

    [Fact]
    public async Task While_the_database_is_away_sessions_go_on_at_every_instance_and_the_health_page_says_why_it_is_not_ready()
    {
        await using var server = await StartAsync();
        await using var late = await StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        await _database!.StopAsync();
        foreach (var instance in new[] { server, late })
        {
            using var there = new Visitor(instance.AdminAddress);
            TakeCookies(visitor, there, instance);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await there.GetAsync("/console")).Status);
            await Eventually.HoldsAsync(async () =>
            {
                // The feed asks the database four times a second.
                instance.Time.Advance(TimeSpan.FromSeconds(1));
                var page = await there.GetAsync("/console/health");
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Contains("The audit log cannot be read now.", page.Visible(), StringComparison.Ordinal);
                return page.Visible().Contains(
                    "This instance not ready store unhealthy: The database does not answer.", StringComparison.Ordinal);
            });
        }

        using var other = await Visitor.SignedInAsync(late);
        Assert.Contains("not ready", (await other.GetAsync("/console/health")).Visible(), StringComparison.Ordinal);
        await _database.StartAgainAsync();
        await Eventually.HoldsAsync(async () => (await visitor.GetAsync("/console")).Status == HttpStatusCode.OK);
    }

    private static void TakeCookies(Visitor from, Visitor to, RunningServer server)
    {
        foreach (Cookie cookie in from.Cookies.GetAllCookies())
        {
            to.Cookies.Add(server.AdminAddress, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        }
    }

    private Task<RunningServer> StartAsync() => ConsoleServer.StartAsync(
        "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={_database!.ConnectionString}");
}
