using Grpc.Health.V1;
using Grpc.HealthCheck;
using GrpcDcr.Server.Endpoints.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace GrpcDcr.Server.Tests.Endpoints;

/// <summary>Services are told apart: what only reads serves while the store takes no changes.</summary>
public sealed class ServiceHealthTests
{
    [Theory]
    [InlineData("", ServingStatus.NotServing)]
    [InlineData("grpcdcr.directory.v1.ClientDirectory", ServingStatus.Serving)]
    [InlineData("grpcdcr.admin.v1.AuditLog", ServingStatus.Serving)]
    [InlineData("grpcdcr.directory.v1.ClientSecrets", ServingStatus.NotServing)]
    [InlineData("grpcdcr.v1.ClientRegistration", ServingStatus.NotServing)]
    [InlineData("grpcdcr.admin.v1.ClientAdministration", ServingStatus.NotServing)]
    [InlineData("grpcdcr.admin.v1.InitialAccessTokens", ServingStatus.NotServing)]
    [InlineData("grpcdcr.admin.v1.RegistrationControl", ServingStatus.NotServing)]
    [InlineData("grpcdcr.admin.v1.BlockRules", ServingStatus.NotServing)]
    [InlineData("grpcdcr.admin.v1.StorageAdministration", ServingStatus.NotServing)]
    public async Task While_the_store_answers_but_takes_no_changes(string service, ServingStatus status) =>
        Assert.Equal(status, await StatusOfAsync(service, answers: HealthStatus.Healthy));

    [Theory]
    [InlineData("grpcdcr.directory.v1.ClientDirectory")]
    [InlineData("grpcdcr.admin.v1.AuditLog")]
    public async Task Without_answers_nothing_serves(string service) =>
        Assert.Equal(ServingStatus.NotServing, await StatusOfAsync(service, answers: HealthStatus.Unhealthy));

    private static async Task<ServingStatus> StatusOfAsync(string service, HealthStatus answers)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddGrpcHealthChecks(ServiceHealth.Map);
        await using var provider = services.BuildServiceProvider();
        var report = new HealthReport(
            new Dictionary<string, HealthReportEntry>
            {
                [ServiceHealth.Store] = Entry(HealthStatus.Unhealthy),
                [ServiceHealth.StoreAnswers] = Entry(answers),
            },
            TimeSpan.Zero);
        await provider.GetRequiredService<IHealthCheckPublisher>().PublishAsync(report, CancellationToken.None);
        return (await provider.GetRequiredService<HealthServiceImpl>().Check(new HealthCheckRequest { Service = service }, null!)).Status;
    }

    private static HealthReportEntry Entry(HealthStatus status) => new(status, null, TimeSpan.Zero, null, null);
}
