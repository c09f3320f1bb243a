using GrpcDcr.Admin.V1;
using GrpcDcr.Client;
using Microsoft.Extensions.DependencyInjection;
using ServerProcess = GrpcDcr.TestKit.Running.ServerProcess;

namespace GrpcDcr.Interop.Tests.Crashes;

/// <summary>All clients and all audit events of a server, read through the SDK.</summary>
internal sealed record StoreSnapshot(IReadOnlyDictionary<string, Admin.V1.Client> Clients, IReadOnlyList<AuditEvent> Events)
{
    /// <exception cref="ArgumentException">A client is listed twice.</exception>
    public static async Task<StoreSnapshot> ReadAsync(ServerProcess server)
    {
        var clients = await server.Sdk.GetRequiredService<ClientAdministrationClient>().ListAsync().ToListAsync();
        var events = await server.Sdk.GetRequiredService<AuditLogClient>().ListAsync(order: ListOrder.OldestFirst).ToListAsync();
        return new StoreSnapshot(clients.ToDictionary(client => client.ClientId, StringComparer.Ordinal), events);
    }
}
