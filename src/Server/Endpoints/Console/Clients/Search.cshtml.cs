using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Finds clients: the query is that of <c>ListClients</c>.</summary>
[StandsFor("ClientAdministration/ListClients", "ClientAdministration/CountClients")]
[QueryOf(typeof(ListClientsRequest))]
internal sealed class SearchModel(IRegistrationStore store) : ConsolePage
{
    public IReadOnlyList<Field> Fields { get; private set; } = [];

    public ClientCounts Counts { get; private set; } = null!;

    public IReadOnlyList<RegisteredClient> Clients { get; private set; } = [];

    /// <summary>The address of the next page; <see langword="null"/> on the last one.</summary>
    public string? NextPath { get; private set; }

    /// <summary>The filter alone, for the pages of acts on all that match.</summary>
    public string FilterQuery =>
        QueryString.Create(Request.Query.Where(sent => sent.Key.StartsWith("filter.", StringComparison.Ordinal))).ToString();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Request.Query.Any(parameter => string.IsNullOrEmpty(parameter.Value)))
        {
            return SeeOther(PathWith());
        }

        Counts = await store.CountAsync(cancellationToken);
        var answer = await ActAsync(async () =>
        {
            await FindAsync(cancellationToken);
            return Page();
        });
        Fields = FilterFields(SearchTexts.All);
        return answer;
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var request = FormMessage.Read<ListClientsRequest>(this, BindingSource.Query, violations);
        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }

        var page = await store.ListAsync(ClientFilterMapping.ToModel(request.Filter), request.ToClientPageRequest(), cancellationToken);
        Clients = page.Items;
        NextPath = NextPathOf(page.NextToken, request);
    }
}
