using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using InitialAccessTokens = GrpcDcr.Server.Administration.InitialAccessTokens;

namespace GrpcDcr.Server.Endpoints.Console.Tokens;

/// <summary>Issues an initial access token and shows it, on this response alone.</summary>
[StandsFor("InitialAccessTokens/IssueInitialAccessToken")]
internal sealed class IssueModel(InitialAccessTokens tokens, TimeProvider time) : ConsolePage
{
    [FromForm(Name = "label")]
    public string? Label { get; set; }

    [FromForm(Name = "ttl")]
    public string? Ttl { get; set; }

    [FromForm(Name = "expire_time")]
    public string? ExpireTime { get; set; }

    [FromForm(Name = "max_uses")]
    public string? MaxUses { get; set; }

    [FromForm(Name = "constraints.owner")]
    public string? Owner { get; set; }

    [FromForm(Name = "constraints.automatic_approval")]
    public string? AutomaticApproval { get; set; }

    [FromForm(Name = "constraints.scopes")]
    public string? Scopes { get; set; }

    [FromForm(Name = "constraints.grant_types")]
    public string? GrantTypes { get; set; }

    [FromForm(Name = "constraints.redirect_hosts")]
    public string? RedirectHosts { get; set; }

    [FromForm(Name = "constraints.software_id")]
    public string? SoftwareId { get; set; }

    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    /// <summary>Of this form: sent again, as by reloading the response, it issues no second token.</summary>
    [FromForm(Name = "request_id")]
    public string? RequestId { get; set; }

    /// <summary>The token that was issued; <see langword="null"/> before.</summary>
    public IssuedInitialAccessToken? Issued { get; private set; }

    public void OnGet() => RequestId = $"{Guid.CreateVersion7(time.GetUtcNow())}";

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var request = FormMessage.Read<IssueInitialAccessTokenRequest>(this, BindingSource.Form, violations);
        if (violations.Found.Count > 0)
        {
            var rules = InitialAccessTokenRequestRules.Find(request.ToModel(), request.Reason, time.Now());
            return Task.FromResult(Again([.. violations.Found, .. rules]));
        }

        return ActAsync(async () =>
        {
            Issued = await tokens.IssueAsync(
                request.ToModel(), Act(request.Reason, requestId: request.RequestId), cancellationToken);
            return Page();
        });
    }
}
