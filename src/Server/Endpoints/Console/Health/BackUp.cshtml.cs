using System.Globalization;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Health;

/// <summary>Backs up the store.</summary>
[StandsFor("StorageAdministration/BackUpStorage")]
internal sealed class BackUpModel(StorageBackups backups) : ConsolePage
{
    [FromForm(Name = "name")]
    public string? Name { get; set; }

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => ActAsync(async () =>
    {
        var backup = await backups.BackUpAsync(Name ?? "", Act(), cancellationToken);
        return SeeOther(
            "/console/health",
            string.Create(CultureInfo.InvariantCulture, $"The store is backed up in {backup.Path}, {backup.SizeBytes:N0} bytes."));
    });
}
