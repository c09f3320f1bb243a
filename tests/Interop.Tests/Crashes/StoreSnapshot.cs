using GrpcDcr.Admin.V1;
using Microsoft.Extensions.DependencyInjection;
using ServerProcess = GrpcDcr.TestKit.Running.ServerProcess;

namespace GrpcDcr.Interop.Tests.Crashes;

/// <summary>All clients and all audit events of a server, read through the SDK.</summary>
internal sealed record StoreSnapshot(IReadOnlyDictionary<string, V1.Client> Clients, IReadOnlyList<AuditEvent> Events)
{
    private const int PageSize = 500;

    /// <exception cref="ArgumentException">A client is listed twice.</exception>
    public static async Task<StoreSnapshot> ReadAsync(ServerProcess server)
    {
        var clients = await ClientsAsync(server.Sdk.GetRequiredService<ClientAdministration.ClientAdministrationClient>());
        var events = await EventsAsync(server.Sdk.GetRequiredService<AuditLog.AuditLogClient>());
        return new StoreSnapshot(clients.ToDictionary(client => client.ClientId, StringComparer.Ordinal), events);
    }

    private static async Task<List<V1.Client>> ClientsAsync(ClientAdministration.ClientAdministrationClient stub)
    {
        var all = new List<V1.Client>();
        var request = new ListClientsRequest { PageSize = PageSize };
        do
        {
            var page = await stub.ListClientsAsync(request);
            all.AddRange(page.Clients);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return all;
    }

    private static async Task<List<AuditEvent>> EventsAsync(AuditLog.AuditLogClient stub)
    {
        var all = new List<AuditEvent>();
        var request = new ListAuditEventsRequest { PageSize = PageSize };
        do
        {
            var page = await stub.ListAuditEventsAsync(request);
            all.AddRange(page.Events);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return all;
    }
}
