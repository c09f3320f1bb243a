using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// Sends traces, metrics and logs by OTLP, and collects metrics for Prometheus, if the settings say so. The exporter reads the standard
/// variables itself.
/// </summary>
internal static class TelemetryExport
{
    private const string ServiceName = "grpcdcr";
    private const string IncludeScopes = "Logging:Console:FormatterOptions:IncludeScopes";

    /// <summary>
    /// Meters of the framework whose attributes are bounded. Those of its HTTP client and its name resolution are left out: they have the
    /// hosts of documents, which callers choose.
    /// </summary>
    public static IReadOnlyList<string> Meters { get; } =
    [
        ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics",
        "Npgsql", "System.Runtime",
    ];

    /// <summary>The key of what collects metrics for Prometheus.</summary>
    public const string Prometheus = "prometheus";

    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetrySettings settings)
    {
        builder.Services.Configure<JsonConsoleFormatterOptions>(
            json => json.IncludeScopes = builder.Configuration.GetValue(IncludeScopes, defaultValue: true));
        if (!settings.Otlp && !settings.Prometheus)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        if (settings.Prometheus)
        {
            builder.Services.AddKeyedSingleton(Prometheus, (_, _) => MetricsForPrometheus(builder.Configuration));
        }

        if (settings.Metrics)
        {
            telemetry.WithMetrics(metrics => metrics.AddMeter([.. Meters]));
        }

        if (settings.Traces)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(Spans.SourceName, "Npgsql")
                .AddAspNetCoreInstrumentation(http => http.Filter = context => context.Features.Get<Listener>() != Listener.Management));
        }

        if (settings.Otlp)
        {
            telemetry.UseOtlpExporter();
            telemetry.WithLogging(null, logs => logs.IncludeFormattedMessage = true);
        }

        if (!settings.Logs)
        {
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None);
        }
    }

    /// <summary>Apart from what is sent by OTLP: the exporter would send these too, with or without a destination for metrics.</summary>
    private static MeterProvider MetricsForPrometheus(IConfiguration configuration) => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .ConfigureResource(Describe)
        .AddMeter([.. Meters])
        .AddPrometheusExporter()
        .Build();

    /// <summary>The variables win: they come last.</summary>
    private static void Describe(ResourceBuilder resource) => resource
        .AddService(ServiceName, serviceVersion: ProgramVersion.Text)
        .AddEnvironmentVariableDetector();
}
