namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Metrics for Prometheus: configuration section <c>Telemetry</c>. OTLP has the standard variables <c>OTEL_*</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Whether the management listener answers <c>/metrics</c> in the format of Prometheus. Default: false.</summary>
    public bool Prometheus { get; set; }
}
