using System.CommandLine;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Clients as administrators see them: <c>clients</c>.</summary>
internal static class ClientCommands
{
    private static readonly Argument<string> Id = new("CLIENT_ID") { Description = "The client." };

    private static readonly ListFilter[] Filters = [.. ClientFilters.All, ListFilter.Order];

    public static Command Create() => Verb.Group(
        "clients",
        "Clients: find, approve, stop, delete, and replace their credentials.",
        [
            Verb.Of(
                "list", "Lists clients, the newest first. Filters are combined. ACTIVE* means: active, with a pending update.", ListAsync,
                [.. Filters.Select(filter => filter.Option), ListFilter.Limit]),
            Verb.Of("count", "Counts clients by state.", CountAsync),
            Verb.Of("get", "Shows a client.", GetAsync, Id),
            .. ClientEdits.Create(),
            .. ClientWords.Create(),
            .. ClientActs.Create(),
        ]);

    private static Task ListAsync(Session session) => session.Print.ListAsync(
        session.Api().ListAsync(Resource.Clients, ListFilter.Query(session, Filters), session.Of(ListFilter.Limit), session.Stop),
        Resource.Clients);

    private static async Task CountAsync(Session session) =>
        await session.Print.ItemAsync(await session.Api().GetAsync("clients:count", session.Stop), id: null);

    private static async Task GetAsync(Session session)
    {
        var client = await session.Api().GetAsync($"clients/{Uri.EscapeDataString(session.Of(Id))}", session.Stop);
        await session.Print.ItemAsync(client, Resource.Clients.Id);
    }
}
