using System.Runtime.CompilerServices;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Wire.Mapping;

/// <summary>
/// Clients as authorization servers see them. A message is made once for each record and goes with it: records never change, and those
/// asked for again and again stay in the store's cache. Nobody may change a message that came from here.
/// </summary>
internal sealed class DirectoryClients
{
    private readonly ConditionalWeakTable<RegisteredClient, V1.Client> messages = [];

    public V1.Client Of(RegisteredClient client) => messages.GetValue(client, static record => record.ToDirectoryClient());
}
