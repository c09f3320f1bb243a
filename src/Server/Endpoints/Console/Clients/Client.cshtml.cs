using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.Mvc;
using AuditEvent = GrpcDcr.Server.Model.AuditEvent;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>A client: what it is, what waits, what happened, and what can be done.</summary>
[StandsFor("ClientAdministration/GetClient", "AuditLog/ListAuditEvents")]
internal sealed class ClientModel(ClientReviews reviews, IClientReader store, Permissions permissions) : ConsolePage
{
    [FromRoute(Name = "client_id")]
    public string ClientId { get; set; } = "";

    /// <summary>Of the history.</summary>
    [FromQuery(Name = PageTokenField)]
    public string? PageToken { get; set; }

    public ReviewedClient Reviewed { get; private set; } = null!;

    public IReadOnlyList<AuditEvent> Events { get; private set; } = [];

    /// <summary>The address of the older events; <see langword="null"/> if there are none.</summary>
    public string? OlderPath { get; private set; }

    /// <summary>The acts that the user may do with the client as it is.</summary>
    public IReadOnlyList<ClientActKind> Acts =>
        [.. ClientActs.All.Where(act => act.AppliesTo(Reviewed.Client) && permissions.Allow(User, act.Model))];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Reviewed = await reviews.OfAsync(ClientId, cancellationToken);
        var request = new ListAuditEventsRequest { ClientId = ClientId, PageToken = PageToken ?? "" };
        var page = await store.ListAuditEventsAsync(request.ToFilter(), request.ToEventPageRequest(), cancellationToken);
        Events = page.Items;
        OlderPath = NextPathOf(page.NextToken, request);
    }
}
