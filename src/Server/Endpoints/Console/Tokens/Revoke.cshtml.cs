using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Tokens;

/// <summary>Revokes an initial access token, after it was shown once more.</summary>
[StandsFor("InitialAccessTokens/RevokeInitialAccessToken")]
internal sealed class RevokeModel(InitialAccessTokens tokens) : ConsolePage
{
    [FromRoute(Name = "initial_access_token_id")]
    public string InitialAccessTokenId { get; set; } = "";

    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    public Model.InitialAccessToken Token { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Token = await tokens.GetAsync(InitialAccessTokenId, cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await OnGetAsync(cancellationToken);
        return await ActAsync(async () =>
        {
            await tokens.RevokeAsync(InitialAccessTokenId, Act(Reason), cancellationToken);
            return SeeOther($"/console/tokens/{Token.Id}", "The initial access token is revoked.");
        });
    }
}
