using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.Mvc;
using AuditEvent = GrpcDcr.Server.Model.AuditEvent;
using AuditEventType = GrpcDcr.Server.Model.AuditEventType;
using ListOrder = GrpcDcr.Server.Model.ListOrder;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>
/// A client: what it is, what waits, what happened, and what can be done. Of a client that is gone there is the history, with status 404.
/// </summary>
[StandsFor("ClientAdministration/GetClient", "AuditLog/ListAuditEvents")]
internal sealed class ClientModel(ClientReviews reviews, IClientReader store, Permissions permissions) : ConsolePage
{
    [FromRoute(Name = "client_id")]
    public string ClientId { get; set; } = "";

    /// <summary>Of the history.</summary>
    [FromQuery(Name = PageTokenField)]
    public string? PageToken { get; set; }

    /// <summary><see langword="null"/> if there is no such client, any more or yet.</summary>
    public ReviewedClient? Reviewed { get; private set; }

    /// <summary>What ended a client that is gone; <see langword="null"/> if there is no such event.</summary>
    public AuditEvent? End { get; private set; }

    public IReadOnlyList<AuditEvent> Events { get; private set; } = [];

    /// <summary>The address of the older events; <see langword="null"/> if there are none.</summary>
    public string? OlderPath { get; private set; }

    /// <summary>The acts that the user may do with the client as it is.</summary>
    public IReadOnlyList<ClientActKind> Acts =>
        [.. ClientActs.All.Where(act => act.AppliesTo(Reviewed!.Client) && permissions.Allow(User, act.Model))];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            Reviewed = await reviews.OfAsync(ClientId, cancellationToken);
        }
        catch (RegistrationRefusedException refused) when (refused.Fault is RegistrationFault.ClientNotFound)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            if (!Model.ClientId.TryParse(ClientId, out var id))
            {
                return;
            }

            End = await EndOfAsync(id, AuditEventType.ClientDeleted, cancellationToken)
                ?? await EndOfAsync(id, AuditEventType.ClientExpired, cancellationToken);
        }

        var request = new ListAuditEventsRequest { ClientId = ClientId, PageToken = PageToken ?? "" };
        var page = await store.ListAuditEventsAsync(request.ToFilter(), request.ToEventPageRequest(), cancellationToken);
        Events = page.Items;
        OlderPath = NextPathOf(page.NextToken, request);
    }

    /// <summary>The newest event of the type that was not refused. Identifiers are not used again.</summary>
    private async Task<AuditEvent?> EndOfAsync(ClientId id, AuditEventType type, CancellationToken cancellationToken) =>
        (await store.ListAuditEventsAsync(
            new AuditFilter(id, type), new PageRequest(PageRequest.MaxSize, Order: ListOrder.NewestFirst), cancellationToken))
        .Items.FirstOrDefault(recorded => recorded.Refusal is null);
}
