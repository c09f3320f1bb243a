using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GrpcDcr.Server.Endpoints.Console.Health;

/// <summary>Whether this instance is ready, who is refused most often, and figures of this instance.</summary>
[StandsFor("ClientAdministration/CountClients", "AuditLog/ListAuditEvents")]
internal sealed class StatusModel(
    HealthCheckService checks, RefusalSources refusals, RecentFigures figures, IRegistrationStore store) : ConsolePage
{
    public HealthReport Readiness { get; private set; } = null!;

    /// <summary><see langword="null"/> while the audit log cannot be read.</summary>
    public RefusalReport? Refusals { get; private set; }

    public IReadOnlyList<PlotGroup> Figures { get; private set; } = [];

    public bool CanBackUp => store.CanBackUp;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Readiness = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthEndpoints.Ready), cancellationToken);
        Figures = PlotGroups.Of(figures.Read());
        try
        {
            // A database that does not answer would keep the page waiting.
            Refusals = (await store.CheckAsync(cancellationToken)).Answers ? await refusals.ReadAsync(cancellationToken) : null;
        }
        catch (StorageException)
        {
            // The readiness on the same page says why, here or when it is loaded again.
            Refusals = null;
        }
    }
}
