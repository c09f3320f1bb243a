using GrpcDcr.Server.Endpoints.Console.Shared;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>The filters of <c>ListClients</c> for people, in the order of the form that searches clients.</summary>
internal static class SearchTexts
{
    public static IReadOnlyDictionary<string, FilterText> All { get; } = new Dictionary<string, FilterText>(StringComparer.Ordinal)
    {
        ["filter.name_contains"] = new("Name contains"),
        ["filter.redirect_host"] = new("Redirect host", "Or a private-use scheme with its colon."),
        ["filter.source_network"] = new("Source network", "An address, or 203.0.113.0/24."),
        ["filter.state"] = new("State"),
        ["filter.awaiting_approval"] = new("Waits for a decision"),
        ["filter.has_pending_update"] = new("Has a pending update"),
        ["filter.name_prefix"] = new("Name begins with"),
        ["filter.client_id"] = new("Identifier"),
        ["filter.client_id_prefix"] = new("Identifier begins with"),
        ["filter.software_id"] = new("software_id"),
        ["filter.owner"] = new("Owner"),
        ["filter.admission"] = new("Admitted by"),
        ["filter.initial_access_token_id"] = new("Initial access token", "Its identifier."),
        ["filter.annotation"] = new("Annotation", "A key, or key=value."),
        ["filter.issue_start_time"] = new("Registered from (UTC)"),
        ["filter.issue_end_time"] = new("Registered before (UTC)"),
        ["order"] = new("Order", Empty: "default: newest first"),
    };

    /// <summary>How many fields are always seen; the others are folded away while they are empty.</summary>
    public const int First = 4;
}
