using System.CommandLine;

namespace GrpcDcr.Cli.Commands;

/// <summary>Options that find clients, for lists and for acts on many.</summary>
internal static class ClientFilters
{
    public static readonly ListFilter[] All =
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
            "--admission", "filter.admission", "Admitted in this way.",
            "open", "initial_access_token", "software_statement", "administrator"),
        ListFilter.Text("--initial-access-token-id", "filter.initial_access_token_id", "Admitted with this initial access token."),
        ListFilter.Text("--annotation", "filter.annotation", "With this annotation: KEY for any value, or KEY=VALUE."),
        ListFilter.Text("--source-network", "filter.source_network", "Registered from this address, or from this network (CIDR)."),
        ListFilter.Time("--issued-after", "filter.issue_start_time", "Registered at or after this time, or since so long ago: 7d."),
        ListFilter.Time("--issued-before", "filter.issue_end_time", "Registered before this time."),
    ];

    public static IEnumerable<Option> Options => All.Select(filter => filter.Option);
}
