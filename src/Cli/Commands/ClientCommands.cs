using System.CommandLine;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Clients as administrators see them: <c>clients</c>.</summary>
internal static class ClientCommands
{
    private static readonly Argument<string> Id = new("CLIENT_ID") { Description = "The client." };

    private static readonly ListFilter[] Filters =
    [
        ListFilter.Word("--state", "filter.state", "In this state.", "pending", "active", "suspended", "rejected"),
        ListFilter.Flag("--awaiting-approval", "filter.awaiting_approval", "Waiting for a decision: pending, or with a pending update."),
        ListFilter.Word("--has-pending-update", "filter.has_pending_update", "With a pending update, or without one.", "true", "false"),
        ListFilter.Text("--name-prefix", "filter.name_prefix", "The name begins with this text."),
        ListFilter.Text("--name-contains", "filter.name_contains", "The name contains this text."),
        ListFilter.Text("--redirect-host", "filter.redirect_host", "A redirect URI has this host, or this scheme with its colon."),
        ListFilter.Text("--software-id", "filter.software_id", "This software_id."),
        ListFilter.Text("--client-id", "filter.client_id", "This client_id."),
        ListFilter.Text("--client-id-prefix", "filter.client_id_prefix", "A client_id that begins with this text."),
        ListFilter.Text("--owner", "filter.owner", "This owner."),
        ListFilter.Word(
            "--admission", "filter.admission", "Admitted in this way.", "open", "initial_access_token", "software_statement"),
        ListFilter.Text("--initial-access-token-id", "filter.initial_access_token_id", "Admitted with this initial access token."),
        ListFilter.Text("--source-network", "filter.source_network", "Registered from this address, or from this network (CIDR)."),
        ListFilter.Time("--issued-after", "filter.issue_start_time", "Registered at or after this time, or since so long ago: 7d."),
        ListFilter.Time("--issued-before", "filter.issue_end_time", "Registered before this time."),
        ListFilter.Order,
    ];

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
