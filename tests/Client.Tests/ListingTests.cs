using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class ListingTests
{
    [Fact]
    public async Task A_listing_follows_the_pages_to_the_end_even_across_an_empty_one()
    {
        await using var service = await FakeService.StartAsync(call => ListClientsRequest.Parser.ParseFrom(call.Message).PageToken switch
        {
            "" => new Answer(new ListClientsResponse { Clients = { Named("a"), Named("b") }, NextPageToken = "2" }),
            "2" => new Answer(new ListClientsResponse { NextPageToken = "3" }),
            _ => new Answer(new ListClientsResponse { Clients = { Named("c") } }),
        });
        await using var sdk = new Sdk(service.Address);

        var filter = new ClientFilter { State = ClientState.Pending, RedirectHost = "app.example" };
        var ids = await sdk.Clients.ListAsync(filter, ListOrder.OldestFirst).Select(client => client.ClientId).ToListAsync();

        Assert.Equal(["a", "b", "c"], ids);
        Assert.All(service.Calls, call =>
        {
            var request = ListClientsRequest.Parser.ParseFrom(call.Message);
            Assert.Equal((filter, ListOrder.OldestFirst), (request.Filter, request.Order));
        });
    }

    [Fact]
    public async Task A_page_is_fetched_only_when_it_is_needed()
    {
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new ListClientsResponse { Clients = { Named("a") }, NextPageToken = "more" }));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal("a", (await sdk.Clients.ListAsync().FirstAsync()).ClientId);
        Assert.Single(service.Calls);
    }

    [Fact]
    public async Task Every_filter_of_the_audit_log_travels()
    {
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new ListAuditEventsResponse { Events = { new AuditEvent { Sequence = 7 } } }));
        await using var sdk = new Sdk(service.Address);
        var since = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(2));
        var filter = new AuditEventFilter
        {
            ClientId = "c1",
            Type = AuditEventType.ClientApproved,
            Since = since,
            Before = since.AddDays(1),
            Actor = "anna",
            SourceNetwork = "192.0.2.0/24",
        };

        Assert.Equal(7, (await sdk.AuditLog.ListAsync(filter, ListOrder.OldestFirst).SingleAsync()).Sequence);

        var expected = new ListAuditEventsRequest
        {
            ClientId = "c1",
            Type = AuditEventType.ClientApproved,
            StartTime = since.ToTimestamp(),
            EndTime = since.AddDays(1).ToTimestamp(),
            Actor = "anna",
            SourceNetwork = "192.0.2.0/24",
            Order = ListOrder.OldestFirst,
        };
        Assert.Equal(expected, ListAuditEventsRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    private static Admin.V1.Client Named(string id) => new() { ClientId = id };
}
