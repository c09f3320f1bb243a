using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Running;
using GrpcDcr.V1;

namespace GrpcDcr.Interop.Tests.Crashes;

/// <summary>What must hold after a restart, whenever the process was killed.</summary>
internal static class AfterCrash
{
    public static void AssertNothingLost(Ledger ledger, StoreSnapshot now)
    {
        var approvals = CountsOf(now, AuditEventType.ClientApproved);
        foreach (var (clientId, acknowledged) in ledger.Clients)
        {
            Assert.True(
                now.Clients.TryGetValue(clientId, out var client), $"{acknowledged.Name} ({clientId}) was acknowledged and is lost.");
            Assert.Equal(acknowledged.Name, client.Metadata.ClientName);
            Assert.Equal(acknowledged.Method, client.Metadata.TokenEndpointAuthMethod);
        }

        foreach (var clientId in ledger.Approved.Keys)
        {
            Assert.Equal(ClientState.Active, now.Clients[clientId].State);
            Assert.Equal(1, approvals.GetValueOrDefault(clientId));
        }
    }

    public static void AssertNothingHalfWritten(StoreSnapshot now)
    {
        var approvals = CountsOf(now, AuditEventType.ClientApproved);
        foreach (var (clientId, client) in now.Clients)
        {
            Assert.Equal([Acknowledged.RedirectUriOf(client.Metadata.ClientName)], client.Metadata.RedirectUris);
            Assert.Equal(["authorization_code"], client.Metadata.GrantTypes);
            Assert.StartsWith("client_secret_", client.Metadata.TokenEndpointAuthMethod, StringComparison.Ordinal);
            Assert.True(client.HasSecret);
            Assert.NotNull(client.IssueTime);
            Assert.NotEmpty(client.Etag);

            // An approval and its event are there together, or neither is.
            Assert.Equal(client.State == ClientState.Active ? 1 : 0, approvals.GetValueOrDefault(clientId));
        }
    }

    public static void AssertAuditIsWhole(StoreSnapshot before, StoreSnapshot now)
    {
        Assert.Equal(Enumerable.Range(1, now.Events.Count).Select(number => (long)number), now.Events.Select(entry => entry.Sequence));
        Assert.Equal(before.Events, now.Events.Take(before.Events.Count));

        var registrations = CountsOf(now, AuditEventType.ClientRegistered);
        Assert.All(registrations, client => Assert.Equal(1, client.Value));
        Assert.Equal(now.Clients.Keys.Order(StringComparer.Ordinal), registrations.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Looks clients up one by one, and uses their secrets.</summary>
    public static async Task AssertUsableAsync(ServerProcess server, Ledger ledger, IEnumerable<string> clientIds)
    {
        foreach (var clientId in clientIds)
        {
            var (_, method, secret) = ledger.Clients[clientId];
            var client = await server.Directory.FindAsync(clientId);
            Assert.Equal(ledger.Clients[clientId].RedirectUri, Assert.Single(client!.Metadata.RedirectUris));
            if (client.State == ClientState.Pending)
            {
                Assert.Null(await server.Directory.AuthenticateAsync(clientId, secret, method));
                await Approval.ApproveAsync(server.Admin, clientId);
                ledger.Approved[clientId] = true;
            }

            Assert.Equal(clientId, (await server.Directory.AuthenticateAsync(clientId, secret, method))?.ClientId);
            Assert.Null(await server.Directory.AuthenticateAsync(clientId, secret + "x", method));
        }
    }

    private static Dictionary<string, int> CountsOf(StoreSnapshot now, AuditEventType type) => now.Events
        .Where(entry => entry.Type == type && (!entry.HasSucceeded || entry.Succeeded))
        .CountBy(entry => entry.ClientId, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);
}
