using System.Text;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace GrpcDcr.Server.Endpoints.Console.Registering;

/// <summary>Shows what would happen to a document. Registers, consumes and records nothing.</summary>
[StandsFor("ClientAdministration/PreviewRegistration")]
internal sealed class PreviewModel(RegistrationPreviews previews, RegistrationPolicies policies) : ConsolePage
{
    private const string DocumentField = "document";
    private const string TokenField = "initial_access_token_id";

    private const string Sample =
        """
        {
          "client_name": "Invoices",
          "redirect_uris": ["https://app.example/cb"]
        }
        """;

    /// <summary>The document, as it would be sent.</summary>
    [FromForm(Name = DocumentField)]
    public string? Document { get; set; }

    [FromForm(Name = TokenField)]
    public string? InitialAccessTokenId { get; set; }

    [FromForm(Name = "with_static_token")]
    public string? WithStaticToken { get; set; }

    /// <summary>The result; <see langword="null"/> before.</summary>
    public RegistrationPreview? Result { get; private set; }

    public void OnGet() => Document = Sample;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var request = FormMessage.Read<PreviewRegistrationRequest>(this, BindingSource.Form, violations);
        if (request is { WithStaticToken: true, InitialAccessTokenId.Length: > 0 })
        {
            violations.Add(TokenField, "A registration has one initial access token: the configured one, or an issued one.");
        }

        var asked = DocumentOf(violations);
        if (violations.Found.Count > 0)
        {
            return Again(violations.Found);
        }

        return await ActAsync(async () =>
        {
            var admission = await previews.AdmissionOfAsync(request.InitialAccessTokenId, request.WithStaticToken, cancellationToken);
            Result = await previews.PreviewAsync(asked, admission, cancellationToken);
            return Page();
        });
    }

    private ClientMetadata DocumentOf(Violations violations)
    {
        try
        {
            return OAuthDocumentReader.ReadRegistration(Encoding.UTF8.GetBytes(Document ?? ""), policies.Server.ExtensionMembers);
        }
        catch (RegistrationRefusedException refused)
        {
            violations.Add(DocumentField, refused.Fault.Description);
            return ClientMetadata.Empty;
        }
    }
}
