namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Where telemetry goes. Without a destination nothing is measured.</summary>
/// <param name="Prometheus">Whether the management listener answers <c>/metrics</c>.</param>
/// <param name="Traces">Whether traces are sent by OTLP.</param>
/// <param name="Metrics">Whether metrics are sent by OTLP.</param>
/// <param name="Logs">Whether logs are sent by OTLP.</param>
internal sealed record TelemetrySettings(bool Prometheus, bool Traces, bool Metrics, bool Logs)
{
    private const string PrometheusKey = $"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Prometheus)}";

    /// <summary>Whether anything is sent by OTLP.</summary>
    public bool Otlp => Traces || Metrics || Logs;

    public static TelemetrySettings Read(SettingsReader reader)
    {
        var prometheus = reader.Read<TelemetryOptions>(TelemetryOptions.Section).Prometheus;
        var isDisabled = reader.Sources.Find(OtelVariables.Disabled) is { } found && bool.TryParse(found.Value, out var value) && value;
        if (prometheus && isDisabled)
        {
            reader.Add(PrometheusKey, "true", $"false, or {OtelVariables.Disabled} that is not true");
        }

        return new TelemetrySettings(
            prometheus, Sends(OtelVariables.Traces), Sends(OtelVariables.Metrics), Sends(OtelVariables.Logs));

        // A signal without a destination would be sent to a collector on this machine, which is the exporter's default.
        bool Sends(string signal) => !isDisabled
            && OtelVariables.EndpointsOf(signal).Any(name => reader.Sources.Find(name) is { Value.Length: > 0 })
            && reader.Sources.Find(OtelVariables.ExporterOf(signal))?.Value != "none";
    }
}
