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
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var visitors = await Task.WhenAll(Visitor.SignedInAsync(one), Visitor.SignedInAsync(other));
        foreach (var (visitor, elsewhere) in new[] { (visitors[0], other), (visitors[1], one) })
        {
            using var there = new Visitor(elsewhere.AdminAddress);
            foreach (Cookie cookie in visitor.Cookies.GetAllCookies())
            {
                there.Cookies.Add(elsewhere.AdminAddress, new Cookie(cookie.Name, cookie.Value, cookie.Path));
            }

            Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/console")).Status);
            Assert.Equal(HttpStatusCode.SeeOther, (await there.SubmitAsync("/console", "/console/sign-out")).Status);
            visitor.Dispose();
        }
    }

    [Fact]
    public async Task While_the_database_is_away_signing_in_is_unavailable_and_sessions_go_on()
    {
        await using var server = await StartAsync();
        await using var late = await StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        await _database!.StopAsync();

        using var other = new Visitor(late.AdminAddress);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await other.GetAsync("/console/sign-in")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.GetAsync("/console")).Status);
        await _database.StartAgainAsync();
        await Eventually.HoldsAsync(async () => (await visitor.GetAsync("/console")).Status == HttpStatusCode.OK);
    }

    private Task<RunningServer> StartAsync() => ConsoleServer.StartAsync(
        "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={_database!.ConnectionString}");
}
