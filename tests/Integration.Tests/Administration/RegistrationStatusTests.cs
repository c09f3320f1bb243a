using System.Net;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>The switch that stops new registrations and nothing else.</summary>
public sealed class RegistrationStatusTests
{
    [Fact]
    public async Task Stops_new_registrations_and_leaves_management_and_lookups_alive()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await OwnRecord.RegisterAsync(server);

        var closed = await server.AdminAsync(HttpMethod.Post, "registration:close", "{\"reason\":\"flood\"}");

        Assert.Equal(
            (false, true, "flood"),
            (closed.Json.GetProperty("enabled").GetBoolean(), closed.Json.GetProperty("closed").GetBoolean(), closed.Text("reason")));
        await server.RefusedAsync("registration_not_supported", HttpStatusCode.Forbidden, Bodies.Json(Bodies.Smallest));
        (await client.ReadAsync()).IsRecord();
        (await client.UpdateAsync("\"redirect_uris\":[\"https://client.example/2\"]")).IsRecord();
        Assert.Equal(client.ClientId, (await server.Directory().GetClientAsync(new() { ClientId = client.ClientId })).Client.ClientId);

        await server.AdminAsync(HttpMethod.Post, "registration:open", "{}");

        (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        Assert.False((await server.AdminAsync(HttpMethod.Get, "registration")).Json.GetProperty("closed").GetBoolean());
        var events = (await server.AuditLog().ListAuditEventsAsync(new() { PageSize = 500, Order = ListOrder.OldestFirst })).Events;
        Assert.Equal(["flood"], events.Where(e => e.Type == AuditEventType.RegistrationClosed).Select(e => e.Reason));
        Assert.Single(events, e => e.Type == AuditEventType.RegistrationOpened);
    }

    [Fact]
    public async Task Stays_closed_over_a_restart()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-");
        await using (var before = await RunningServer.StartInAsync(folder.FullName))
        {
            await before.AdminAsync(HttpMethod.Post, "registration:close", "{}");
        }

        await using (var after = await RunningServer.StartInAsync(folder.FullName))
        {
            await after.RefusedAsync("registration_not_supported", HttpStatusCode.Forbidden, Bodies.Json(Bodies.Smallest));
        }

        folder.Delete(recursive: true);
    }
}
