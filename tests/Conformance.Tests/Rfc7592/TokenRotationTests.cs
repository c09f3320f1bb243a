using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 appendix A.1: rotation of the registration access token, and answers that never arrive.</summary>
public sealed class TokenRotationTests
{
    private const string SmallestUpdate = "\"redirect_uris\":[\"https://client.example/cb\"]";

    [Theory]
    [InlineData("Never", false, false)]
    [InlineData("OnUpdate", false, true)]
    [InlineData("OnReadAndUpdate", true, true)]
    [Requirement("7592-A-01")]
    public async Task Rotates_when_policy_says_so(string rotation, bool onRead, bool onUpdate)
    {
        await using var server = await RotatingAsync(rotation);
        var client = await OwnRecord.RegisterAsync(server);

        var read = (await client.ReadAsync()).IsRecord().TokenIn();
        Assert.Equal(onRead, read != client.Token);
        var updated = (await client.With(read).UpdateAsync(SmallestUpdate)).IsRecord().TokenIn();
        Assert.Equal(onUpdate, updated != read);

        Assert.Equal(!onRead && !onUpdate, updated == client.Token);
        (await client.With(updated).ReadAsync()).IsRecord();
    }

    [Fact]
    [Requirement("7592-A-02")]
    public async Task A_lost_answer_locks_nobody_out()
    {
        await using var server = await RotatingAsync("OnUpdate");
        var client = await OwnRecord.RegisterAsync(server);
        var lost = (await client.UpdateAsync(SmallestUpdate)).IsRecord().TokenIn();

        // The client never saw that token: it goes on with the one it has, and gets another.
        var again = (await client.ReadAsync()).IsRecord().TokenIn();

        Assert.NotEqual(client.Token, again);
        Assert.NotEqual(lost, again);
        (await client.With(lost).ReadAsync()).IsUnknownToken();
        (await client.With(again).UpdateAsync(SmallestUpdate)).IsRecord();
    }

    [Fact]
    [Requirement("7592-A-02")]
    public async Task The_token_before_ends_with_the_first_use_of_the_new_one()
    {
        await using var server = await RotatingAsync("OnUpdate");
        var client = await OwnRecord.RegisterAsync(server);
        var rotated = client.With((await client.UpdateAsync(SmallestUpdate)).IsRecord().TokenIn());

        (await rotated.ReadAsync()).IsRecord();

        (await client.ReadAsync()).IsUnknownToken();
        (await rotated.ReadAsync()).IsRecord();
    }

    [Fact]
    [Requirement("7592-A-02")]
    public async Task The_token_before_ends_with_its_grace()
    {
        await using var server = await RotatingAsync("OnUpdate", "Registration:RegistrationAccessTokenGrace=00:10:00");
        var client = await OwnRecord.RegisterAsync(server);
        var rotated = client.With((await client.UpdateAsync(SmallestUpdate)).IsRecord().TokenIn());

        server.Time.Advance(TimeSpan.FromMinutes(11));

        (await client.ReadAsync()).IsUnknownToken();
        (await rotated.ReadAsync()).IsRecord();
    }

    [Fact]
    public async Task A_rotation_and_a_first_use_survive_a_restart_and_are_recorded()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-");
        string[] settings = ["Registration:RegistrationAccessTokenRotation=OnReadAndUpdate"];
        OwnRecord client;
        await using (var before = await RunningServer.StartInAsync(folder.FullName, settings))
        {
            client = await OwnRecord.RegisterAsync(before);
            client = client.With((await client.ReadAsync()).IsRecord().TokenIn());
        }

        await using (var after = await RunningServer.StartInAsync(folder.FullName, settings))
        {
            (await (client with { Server = after }).ReadAsync()).IsRecord();
            var events = await after.AuditLog().ListAuditEventsAsync(
                new() { ClientId = client.ClientId, Order = ListOrder.OldestFirst });
            Assert.Equal(
                [
                    AuditEventType.ClientRegistered, AuditEventType.RegistrationAccessTokenRotated,
                    AuditEventType.RegistrationAccessTokenRotated,
                ],
                events.Events.Select(e => e.Type));
        }

        folder.Delete(recursive: true);
    }

    private static Task<RunningServer> RotatingAsync(string rotation, params string[] settings) =>
        RunningServer.StartAsync([$"Registration:RegistrationAccessTokenRotation={rotation}", .. settings]);
}
