using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.Mvc;
using ClientFilter = GrpcDcr.Admin.V1.ClientFilter;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>What waits for a decision, the newest first.</summary>
[StandsFor("ClientAdministration/ListClients", "ClientAdministration/CountClients")]
internal sealed class PendingModel(
    IRegistrationStore store, ClientApprovals approvals, Resemblances resemblances, TimeProvider time) : ConsolePage
{
    [FromQuery(Name = PageTokenField)]
    public string? PageToken { get; set; }

    public ClientCounts Counts { get; private set; } = null!;

    public IReadOnlyList<WaitingClient> Clients { get; private set; } = [];

    /// <summary>The address of the next page; <see langword="null"/> on the last one.</summary>
    public string? NextPath { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var request = new ListClientsRequest { Filter = new ClientFilter { AwaitingApproval = true }, PageToken = PageToken ?? "" };
        Counts = await store.CountAsync(cancellationToken);
        var page = await store.ListAsync(
            ClientFilterMapping.ToModel(request.Filter), request.ToClientPageRequest(), cancellationToken);
        var clients = new List<WaitingClient>();
        foreach (var client in page.Items)
        {
            clients.Add(new WaitingClient(
                client,
                approvals.NeededFor(client),
                await resemblances.OfAsync(client, cancellationToken),
                Moments.Age(client.PendingUpdate?.RequestedAt ?? client.IssuedAt, time.GetUtcNow())));
        }

        Clients = clients;
        NextPath = NextPathOf(page.NextToken, request);
    }
}

/// <summary>A client that waits for a decision.</summary>
/// <param name="Client">The client.</param>
/// <param name="ApprovalsNeeded">How many administrators must approve.</param>
/// <param name="Resemblances">The stopped clients that it resembles.</param>
/// <param name="Age">How long it has waited.</param>
internal sealed record WaitingClient(
    RegisteredClient Client, int ApprovalsNeeded, IReadOnlyList<Administration.Resemblance> Resemblances, string Age)
{
    public string Why => Client switch
    {
        { PendingUpdate: not null } => "Its update needs approval.",
        { StateReason: { } reason } => reason,
        _ => "New clients need approval.",
    };
}
