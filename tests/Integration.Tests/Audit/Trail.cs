using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Audit;

/// <summary>Reads the audit log.</summary>
internal static class Trail
{
    public static async Task<List<AuditEvent>> EventsAsync(this RunningServer server, ListAuditEventsRequest? filter = null)
    {
        var events = new List<AuditEvent>();
        var request = filter?.Clone() ?? new ListAuditEventsRequest();
        request.Order = ListOrder.OldestFirst;
        do
        {
            var page = await server.AuditLog().ListAuditEventsAsync(request);
            events.AddRange(page.Events);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return events;
    }

    /// <summary>Asks until the answer is right, for what happens after a timer; ten seconds at the most.</summary>
    public static async Task<List<AuditEvent>> EventuallyAsync(
        this RunningServer server, ListAuditEventsRequest filter, Func<List<AuditEvent>, bool> isRight)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var events = await server.EventsAsync(filter);
            if (isRight(events))
            {
                return events;
            }

            Assert.False(limit.IsCancellationRequested, "It did not happen: " + string.Join('\n', events));
            await Task.Yield();
        }
    }
}
