namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Fetches the keys of the issuer of JWTs at the start, so that a wrong setting is logged early. It does not delay the start.
/// </summary>
internal sealed class JwtWarmUp(JwtIssuerKeys keys) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) => await keys.PrepareAsync("", stoppingToken);
}
