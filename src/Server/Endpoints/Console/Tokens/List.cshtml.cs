using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Tokens;

/// <summary>Initial access tokens, the oldest first.</summary>
[StandsFor("InitialAccessTokens/ListInitialAccessTokens")]
internal sealed class ListModel(IRegistrationStore store, TimeProvider time) : ConsolePage
{
    [FromQuery(Name = PageTokenField)]
    public string? PageToken { get; set; }

    public IReadOnlyList<Model.InitialAccessToken> Tokens { get; private set; } = [];

    /// <summary>The address of the next page; <see langword="null"/> on the last one.</summary>
    public string? NextPath { get; private set; }

    public DateTimeOffset Now { get; } = time.Now();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var request = new ListInitialAccessTokensRequest { PageToken = PageToken ?? "" };
        var page = await store.ListInitialAccessTokensAsync(request.ToTokenPageRequest(), cancellationToken);
        Tokens = page.Items;
        NextPath = NextPathOf(page.NextToken, request);
    }
}
