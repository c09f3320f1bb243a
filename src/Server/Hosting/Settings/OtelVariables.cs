using System.Diagnostics;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>What the value of a variable must be.</summary>
internal enum OtelValue
{
    Text,

    /// <summary>Never shown: it has the credential of a collector.</summary>
    Secret,
    Flag,
    Url,
    Protocol,

    /// <summary>A whole number of zero or more, mostly of milliseconds.</summary>
    Number,
    Exporter,
}

/// <summary>
/// The standard variables of OpenTelemetry that the SDK for .NET reads. They work as environment variables and in any other source of
/// settings. A name that nearly is one of them stops the start, as for any other setting; other names that begin with <c>OTEL_</c> belong
/// to other programs.
/// </summary>
internal static class OtelVariables
{
    public const string Prefix = "OTEL_";
    public const string Traces = "TRACES";
    public const string Metrics = "METRICS";
    public const string Logs = "LOGS";

    public const string Disabled = "OTEL_SDK_DISABLED";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Signals = [Traces, Metrics, Logs];

    private static readonly (string Name, OtelValue Value)[] OfExporter =
    [
        ("ENDPOINT", OtelValue.Url), ("PROTOCOL", OtelValue.Protocol), ("HEADERS", OtelValue.Secret), ("TIMEOUT", OtelValue.Number),
        ("COMPRESSION", OtelValue.Text), ("CERTIFICATE", OtelValue.Text), ("CLIENT_CERTIFICATE", OtelValue.Text),
        ("CLIENT_KEY", OtelValue.Text),
    ];

    private static readonly string[] Batches =
    [
        "SCHEDULE_DELAY", "EXPORT_TIMEOUT", "MAX_QUEUE_SIZE", "MAX_EXPORT_BATCH_SIZE",
    ];

    private static readonly string[] Limits =
    [
        "ATTRIBUTE_VALUE_LENGTH_LIMIT", "ATTRIBUTE_COUNT_LIMIT", "SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "SPAN_ATTRIBUTE_COUNT_LIMIT",
        "SPAN_EVENT_COUNT_LIMIT", "SPAN_LINK_COUNT_LIMIT", "EVENT_ATTRIBUTE_COUNT_LIMIT", "LINK_ATTRIBUTE_COUNT_LIMIT",
        "LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "LOGRECORD_ATTRIBUTE_COUNT_LIMIT",
    ];

    public static IReadOnlyDictionary<string, OtelValue> All { get; } = new Dictionary<string, OtelValue>(
        [
            new(Disabled, OtelValue.Flag),
            new("OTEL_SERVICE_NAME", OtelValue.Text),
            new("OTEL_RESOURCE_ATTRIBUTES", OtelValue.Text),
            .. OfExporter.Select(row => new KeyValuePair<string, OtelValue>($"OTEL_EXPORTER_OTLP_{row.Name}", row.Value)),
            .. Signals.SelectMany(signal => OfExporter.Select(row => new KeyValuePair<string, OtelValue>(
                $"OTEL_EXPORTER_OTLP_{signal}_{row.Name}", row.Value))),
            .. Signals.Select(signal => new KeyValuePair<string, OtelValue>(ExporterOf(signal), OtelValue.Exporter)),
            new("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", OtelValue.Text),
            new("OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", OtelValue.Text),
            new("OTEL_METRIC_EXPORT_INTERVAL", OtelValue.Number),
            new("OTEL_METRIC_EXPORT_TIMEOUT", OtelValue.Number),
            new("OTEL_METRICS_EXEMPLAR_FILTER", OtelValue.Text),
            new("OTEL_TRACES_SAMPLER", OtelValue.Text),
            new("OTEL_TRACES_SAMPLER_ARG", OtelValue.Text),
            .. Batches.Select(name => new KeyValuePair<string, OtelValue>($"OTEL_BSP_{name}", OtelValue.Number)),
            .. Batches.Select(name => new KeyValuePair<string, OtelValue>($"OTEL_BLRP_{name}", OtelValue.Number)),
            .. Limits.Select(name => new KeyValuePair<string, OtelValue>($"OTEL_{name}", OtelValue.Number)),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The variables that say where to send a signal; without any of them it is not sent.</summary>
    public static IEnumerable<string> EndpointsOf(string signal) => [Endpoint, $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"];

    /// <summary>The variable that turns a signal off.</summary>
    public static string ExporterOf(string signal) => $"OTEL_{signal}_EXPORTER";

    /// <summary>What is allowed if the text is not; <see langword="null"/> if it is.</summary>
    public static string? AllowedIfWrong(OtelValue value, string text) => value switch
    {
        OtelValue.Text or OtelValue.Secret => null,
        OtelValue.Flag => bool.TryParse(text, out _) ? null : "true or false",
        OtelValue.Url => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? null
            : "an http or https URL such as http://collector.example:4317",
        OtelValue.Protocol => text is "grpc" or "http/protobuf" ? null : "grpc or http/protobuf",
        OtelValue.Number => int.TryParse(
            text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? null
            : $"a whole number from 0 to {int.MaxValue}",
        OtelValue.Exporter => text is "otlp" or "none" ? null : "otlp or none; for Prometheus set Telemetry:Prometheus",
        _ => throw new UnreachableException(),
    };
}
