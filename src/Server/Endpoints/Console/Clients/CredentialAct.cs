using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>
/// An act that issues a credential, which the answer to POST shows once. The form has an identifier, so that sending it again, as by
/// reloading the answer, issues nothing.
/// </summary>
internal abstract class CredentialAct(ClientActKind kind, ClientReviews reviews, TimeProvider time) : ReasonedAct(kind, reviews)
{
    [FromForm(Name = "request_id")]
    public string? RequestId { get; set; }

    /// <summary>The new credential; <see langword="null"/> before it is issued.</summary>
    public Secret? Issued { get; protected set; }

    public override ActForm Form => base.Form with { RequestId = RequestId ?? Guid.CreateVersion7(time.Now()).ToString() };

    /// <summary>Shows the client with its new credential.</summary>
    protected async Task<IActionResult> ShowAsync(Secret issued, CancellationToken cancellationToken)
    {
        Issued = issued;
        await LoadAsync(cancellationToken);
        return Page();
    }
}
