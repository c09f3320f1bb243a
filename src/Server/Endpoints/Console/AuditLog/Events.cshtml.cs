using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Events;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
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
[QueryOf(typeof(ListAuditEventsRequest))]
internal sealed class EventsModel(IRegistrationStore store) : ConsolePage
{
    private static readonly Dictionary<string, FilterText> Texts = new(StringComparer.Ordinal)
    {
        ["client_id"] = new("Client", "Its client_id; it may have been deleted."),
        ["type"] = new("Event"),
        ["actor"] = new("Actor", "The exact name of a token, certificate, JWT or client."),
        ["source_network"] = new("Source", "An address or a network, such as 203.0.113.0/24."),
        ["start_time"] = new("From (UTC)"),
        ["end_time"] = new("Before (UTC)"),
        ["order"] = new("Order", Empty: "default: newest first"),
    };

    private ListAuditEventsRequest _request = new();

    /// <summary><c>true</c> for a page that reloads itself.</summary>
    [FromQuery(Name = Following.Field)]
    public string? Follow { get; set; }

    /// <summary>The event after which others are new; absent on the first page that follows.</summary>
    [FromQuery(Name = Following.SinceField)]
    public string? Since { get; set; }

    public IReadOnlyList<Field> Fields => FilterFields(Texts);

    /// <summary>Whether this is not the first page of the list.</summary>
    public bool IsLater => _request.PageToken.Length > 0;

    public IReadOnlyList<AuditEvent> Events { get; private set; } = [];

    public EventList Listed => new(Events)
    {
        OldestFirst = _request.Order == Admin.V1.ListOrder.OldestFirst,
        HasClients = true,
        NewAfter = NewAfter,
    };

    /// <summary>The address of the next page; <see langword="null"/> on the last one.</summary>
    public string? NextPath { get; private set; }

    /// <summary>The sequence after which events are new; <see langword="null"/> if the page does not follow.</summary>
    public long? NewAfter { get; private set; }

    public int NewEvents => NewAfter is { } after ? Events.Count(found => found.Sequence > after) : 0;

    /// <summary>The same events on a page that begins to follow.</summary>
    public string FollowPath => PathOf("true", null);

    /// <summary>The same events on a page that stays as it is.</summary>
    public string PausePath => PathOf(null, null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var request = _request = FormMessage.Read<ListAuditEventsRequest>(this, BindingSource.Query, violations);
        NewAfter = Following.Read(Follow, Since, violations);
        if (NewAfter is not null
            && request is not { PageToken: "", Order: Admin.V1.ListOrder.Unspecified or Admin.V1.ListOrder.NewestFirst })
        {
            violations.Add(Following.Field, "A page that follows begins with the newest event: it has no page_token and no other order.");
        }

        AddWrongFilters(request, violations);
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

    private static void AddWrongFilters(ListAuditEventsRequest request, Violations violations)
    {
        try
        {
            request.ToFilter();
        }
        catch (RegistrationRefusedException refused) when (refused.Fault is RegistrationFault.InvalidArgument argument)
        {
            foreach (var violation in argument.Violations)
            {
                violations.Add(violation);
            }
        }
    }

    private async Task ListAsync(ListAuditEventsRequest request, CancellationToken cancellationToken)
    {
        if (NewAfter == Following.FromNow)
        {
            NewAfter = await LastAsync(cancellationToken);
        }

        var page = await store.ListAuditEventsAsync(request.ToFilter(), request.ToEventPageRequest(), cancellationToken);
        Events = page.Items;
        NextPath = NextPathOf(page.NextToken, request);
        if (NewAfter is { } after)
        {
            Following.Reload(Response, PathOf("true", $"{after}"));
        }
    }

    private async Task<long> LastAsync(CancellationToken cancellationToken) =>
        (await store.ListAuditEventsAsync(new AuditFilter(), new PageRequest(1, Order: Model.ListOrder.NewestFirst), cancellationToken))
        .Items is [var last, ..]
            ? last.Sequence
            : 0;

    /// <summary>The address of the first page with the same filters.</summary>
    private string PathOf(string? follow, string? since) =>
        PathWith((PageTokenField, null), (Following.Field, follow), (Following.SinceField, since));
}
