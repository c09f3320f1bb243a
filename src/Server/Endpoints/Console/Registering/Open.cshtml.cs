using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Registering;

/// <summary>Opens registration, after a confirmation.</summary>
[StandsFor("RegistrationControl/OpenRegistration")]
internal sealed class OpenModel(RegistrationStatusControl control) : ConsolePage
{
    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await control.SetAsync(closed: false, Act(Reason), cancellationToken);
        return SeeOther("/console/registration", "Registration is open.");
    });
}
