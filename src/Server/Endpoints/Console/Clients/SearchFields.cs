using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>The fields of the form that searches clients: one for each filter of <c>ListClients</c>.</summary>
internal static class SearchFields
{
    private static readonly Dictionary<string, (string Label, string? Hint)> Texts = new(StringComparer.Ordinal)
    {
        ["filter.name_contains"] = ("Name contains", null),
        ["filter.redirect_host"] = ("Redirect host", "Or a private-use scheme with its colon."),
        ["filter.source_network"] = ("Source network", "An address, or 203.0.113.0/24."),
        ["filter.state"] = ("State", null),
        ["filter.awaiting_approval"] = ("Waits for a decision", null),
        ["filter.has_pending_update"] = ("Has a pending update", null),
        ["filter.name_prefix"] = ("Name begins with", null),
        ["filter.client_id"] = ("Identifier", null),
        ["filter.client_id_prefix"] = ("Identifier begins with", null),
        ["filter.software_id"] = ("software_id", null),
        ["filter.owner"] = ("Owner", null),
        ["filter.admission"] = ("Admitted by", null),
        ["filter.initial_access_token_id"] = ("Initial access token", "Its identifier."),
        ["filter.annotation"] = ("Annotation", "A key, or key=value."),
        ["filter.issue_start_time"] = ("Registered from", "Such as 2026-01-31T12:00:00Z."),
        ["filter.issue_end_time"] = ("Registered before", "Such as 2026-01-31T12:00:00Z."),
        ["order"] = ("Order", null),
    };

    /// <summary>How many fields are always seen; the others are folded away while they are empty.</summary>
    public const int First = 4;

    /// <summary>The parameters of the request that are no fields.</summary>
    private static readonly string[] Paging = ["page_size", "page_token"];

    /// <exception cref="KeyNotFoundException">A filter has no label.</exception>
    public static IReadOnlyList<QueryField> Of(IQueryCollection query, IReadOnlyList<Violation> problems)
    {
        var parameters = QueryMessage.ParametersOf(ListClientsRequest.Descriptor).All.Where(parameter => !Paging.Contains(parameter.Key));
        var fields = parameters.ToDictionary(parameter => parameter.Key, parameter => new QueryField(
            parameter.Key,
            parameter.Value,
            Texts[parameter.Key].Label,
            Texts[parameter.Key].Hint,
            query[parameter.Key].ToString(),
            problems.Any(problem => problem.Member == parameter.Key)));
        return [.. Texts.Keys.Select(name => fields[name])];
    }
}
