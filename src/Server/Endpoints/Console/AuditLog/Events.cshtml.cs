using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using AuditEvent = GrpcDcr.Server.Model.AuditEvent;

namespace GrpcDcr.Server.Endpoints.Console.AuditLog;

/// <summary>
/// The audit log with the filters of the admin API, the newest events first. A page that follows reloads itself, by a header and without
/// a script, and marks what has come since it began to.
/// </summary>
[StandsFor("AuditLog/ListAuditEvents")]
internal sealed class EventsModel(IRegistrationStore store) : ConsolePage
{
    private const string Path = "/console/audit";

    [FromQuery(Name = "client_id")]
    public string? ClientId { get; set; }

    [FromQuery(Name = "type")]
    public string? Type { get; set; }

    [FromQuery(Name = "actor")]
    public string? Actor { get; set; }

    [FromQuery(Name = "source_network")]
    public string? SourceNetwork { get; set; }

    [FromQuery(Name = "start_time")]
    public string? StartTime { get; set; }

    [FromQuery(Name = "end_time")]
    public string? EndTime { get; set; }

    [FromQuery(Name = "order")]
    public string? Order { get; set; }

    [FromQuery(Name = "page_size")]
    public string? PageSize { get; set; }

    [FromQuery(Name = "page_token")]
    public string? PageToken { get; set; }

    /// <summary><c>true</c> for a page that reloads itself.</summary>
    [FromQuery(Name = Following.Field)]
    public string? Follow { get; set; }

    /// <summary>The event after which others are new; absent on the first page that follows.</summary>
    [FromQuery(Name = Following.SinceField)]
    public string? Since { get; set; }

    public IReadOnlyList<AuditEvent> Events { get; private set; } = [];

    /// <summary>The address of the next page; <see langword="null"/> on the last one.</summary>
    public string? NextPath { get; private set; }

    /// <summary>The sequence after which events are new; <see langword="null"/> if the page does not follow.</summary>
    public long? NewAfter { get; private set; }

    public int NewEvents => NewAfter is { } after ? Events.Count(found => found.Sequence > after) : 0;

    /// <summary>The same events on a page that begins to follow.</summary>
    public string FollowPath => PathOf((Following.Field, "true"));

    /// <summary>The same events on a page that stays as it is.</summary>
    public string PausePath => PathOf();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var request = FormMessage.Read<ListAuditEventsRequest>(this, BindingSource.Query, violations);
        NewAfter = Following.Read(Follow, Since, violations);
        if (NewAfter is not null
            && request is not { PageToken: "", Order: Admin.V1.ListOrder.Unspecified or Admin.V1.ListOrder.NewestFirst })
        {
            violations.Add(Following.Field, "A page that follows begins with the newest event: it has no page_token and no other order.");
        }

        if (violations.Found.Count > 0)
        {
            return Again(violations.Found);
        }

        return await ActAsync(async () =>
        {
            await ListAsync(request, cancellationToken);
            return Page();
        });
    }

    private async Task ListAsync(ListAuditEventsRequest request, CancellationToken cancellationToken)
    {
        if (NewAfter == Following.FromNow)
        {
            NewAfter = await LastAsync(cancellationToken);
        }

        var page = await store.ListAuditEventsAsync(request.ToFilter(), request.ToEventPageRequest(), cancellationToken);
        Events = page.Items;
        NextPath = page.NextToken.ToPageToken(request) is { Length: > 0 } next ? PathOf(("page_token", next)) : null;
        if (NewAfter is { } after)
        {
            Following.Reload(Response, PathOf((Following.Field, "true"), (Following.SinceField, $"{after}")));
        }
    }

    private async Task<long> LastAsync(CancellationToken cancellationToken) =>
        (await store.ListAuditEventsAsync(new AuditFilter(), new PageRequest(1, Order: Model.ListOrder.NewestFirst), cancellationToken))
        .Items is [var last, ..]
            ? last.Sequence
            : 0;

    /// <summary>The address of a page with the same filters.</summary>
    private string PathOf(params IEnumerable<(string Name, string? Text)> others)
    {
        string[] own = ["page_token", Following.Field, Following.SinceField];
        var fields = FormMessage.FieldsOf(this, BindingSource.Query).Where(field => !own.Contains(field.Name)).Concat(others)
            .Where(field => !string.IsNullOrEmpty(field.Text))
            .Select(field => KeyValuePair.Create(field.Name, field.Text));
        return Path + QueryString.Create(fields);
    }
}
