using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Tokens;

/// <summary>An initial access token, without the token itself.</summary>
[StandsFor("InitialAccessTokens/GetInitialAccessToken")]
internal sealed class TokenModel(InitialAccessTokens tokens, TimeProvider time) : ConsolePage
{
    [FromRoute(Name = "initial_access_token_id")]
    public string InitialAccessTokenId { get; set; } = "";

    public Model.InitialAccessToken Token { get; private set; } = null!;

    public DateTimeOffset Now { get; } = time.Now();

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Token = await tokens.GetAsync(InitialAccessTokenId, cancellationToken);
}
