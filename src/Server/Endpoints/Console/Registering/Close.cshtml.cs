using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Registering;

/// <summary>Closes registration, after a confirmation.</summary>
[StandsFor("RegistrationControl/CloseRegistration")]
internal sealed class CloseModel(RegistrationStatusControl control) : ConsolePage
{
    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await control.SetAsync(closed: true, Act(Reason), cancellationToken);
        return SeeOther("/console/registration", "Registration is closed.");
    });
}
