using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Finds clients: the query is that of <c>ListClients</c>.</summary>
[StandsFor("ClientAdministration/ListClients", "ClientAdministration/CountClients")]
[QueryOf(typeof(ListClientsRequest))]
internal sealed class SearchModel(IRegistrationStore store) : ConsolePage
{
    public IReadOnlyList<QueryField> Fields { get; private set; } = [];

    public ClientCounts Counts { get; private set; } = null!;

    public IReadOnlyList<RegisteredClient> Clients { get; private set; } = [];

    /// <summary>The address of the next page; <see langword="null"/> on the last one.</summary>
    public string? NextPath { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (QueryMessage.Shortened(Request) is { } shorter)
        {
            return SeeOther(shorter);
        }

        Counts = await store.CountAsync(cancellationToken);
        try
        {
            await FindAsync(cancellationToken);
        }
        catch (RegistrationRefusedException refused) when (refused.Fault is RegistrationFault.InvalidArgument argument)
        {
            Response.StatusCode = FaultTable.RowOf(refused.Fault).Http;
            Problems = argument.Violations;
        }

        Fields = SearchFields.Of(Request.Query, Problems);
        return Page();
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var request = QueryMessage.Read<ListClientsRequest>(Request.Query, violations);
        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }

        var page = await store.ListAsync(ClientFilterMapping.ToModel(request.Filter), request.ToClientPageRequest(), cancellationToken);
        Clients = page.Items;
        NextPath = page.NextToken.ToPageToken(request) is { Length: > 0 } next ? QueryMessage.WithPageToken(Request, next) : null;
    }
}
