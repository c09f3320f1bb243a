using GrpcDcr.Server.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

/// <summary>The standard variables of OpenTelemetry are settings like any other: known by name, and checked.</summary>
public sealed class TelemetrySettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public void Nothing_is_sent_without_a_destination() => Assert.Equal(
        new TelemetrySettings(Prometheus: false, Traces: false, Metrics: false, Logs: false), Read(("OTEL_SERVICE_NAME", "register")));

    [Theory]
    [InlineData(Endpoint, true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", false, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", false, false, true)]
    public void A_signal_is_sent_that_has_one(string name, bool traces, bool metrics, bool logs) => Assert.Equal(
        new TelemetrySettings(Prometheus: false, traces, metrics, logs), Read((name, "http://collector.example:4317")));

    [Fact]
    public void A_signal_can_be_left_out() => Assert.Equal(
        new TelemetrySettings(Prometheus: false, Traces: true, Metrics: false, Logs: false),
        Read((Endpoint, "http://localhost"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_LOGS_EXPORTER", "none")));

    [Fact]
    public void Nothing_is_sent_if_the_standard_variable_disables_it() =>
        Assert.False(Read((Endpoint, "http://localhost"), (OtelVariables.Disabled, "true")).Otlp);

    [Theory]
    [InlineData(Endpoint, "collector.example", "an http or https URL")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "grpc or http/protobuf")]
    [InlineData("OTEL_SDK_DISABLED", "yes", "true or false")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "1m", "a whole number")]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "otlp or none")]
    [InlineData("OTEL_METRICS_EXPORTER", "prometheus", "Telemetry:Prometheus")]
    public void A_wrong_value_stops_the_start(string name, string value, string allowed)
    {
        var problem = Assert.Single(ProblemsOf((name, value)));

        Assert.StartsWith($"{name} (tests) is '{value}'. Allowed: ", problem, StringComparison.Ordinal);
        Assert.Contains(allowed, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_contradicts_what_turns_everything_off() => Assert.StartsWith(
        "Telemetry:Prometheus",
        Assert.Single(ProblemsOf((OtelVariables.Disabled, "true"), (Endpoint, "http://localhost"), ("Telemetry:Prometheus", "true"))),
        StringComparison.Ordinal);

    [Fact]
    public void Metrics_can_be_for_Prometheus_alone() => Assert.Equal(
        new TelemetrySettings(Prometheus: true, Traces: true, Metrics: false, Logs: true),
        Read(("OTEL_METRICS_EXPORTER", "none"), (Endpoint, "http://localhost"), ("Telemetry:Prometheus", "true")));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPONT", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINTS", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_SERVICENAME", "OTEL_SERVICE_NAME")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTE", "OTEL_RESOURCE_ATTRIBUTES")]
    [InlineData("OTEL_TRACE_SAMPLER", "OTEL_TRACES_SAMPLER")]
    [InlineData("Telemetry_Prometheus", "Telemetry__")]
    public void A_name_that_is_nearly_one_stops_the_start(string name, string meant)
    {
        var problems = new List<string>();

        Assert.Empty(EnvironmentNames.SettingsAmong([KeyValuePair.Create(name, (string?)"x")], "environment variable", problems));

        Assert.Contains($"Allowed: {meant}", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_PROPAGATORS")]
    [InlineData("OTEL_LOG_LEVEL")]
    [InlineData("OTEL_EXPORTER_OTLP_INSECURE")]
    [InlineData("OTEL_EXPORTER_PROMETHEUS_PORT")]
    [InlineData("OTEL_SEMCONV_STABILITY_OPT_IN")]
    [InlineData("OTEL_PYTHON_LOG_CORRELATION")]
    [InlineData("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY")]
    [InlineData("OTEL_JAVAAGENT_ENABLED")]
    [InlineData("OTEL_CONFIG_FILE")]
    public void Other_variables_of_OpenTelemetry_are_left_alone(string name)
    {
        var problems = new List<string>();

        Assert.Empty(EnvironmentNames.SettingsAmong([KeyValuePair.Create(name, (string?)"x")], "environment variable", problems));
        Assert.Empty(problems);
    }

    [Fact]
    public void Every_variable_is_a_setting()
    {
        var problems = new List<string>();
        var named = OtelVariables.All.Keys.Select(name => KeyValuePair.Create(name, (string?)"x"));

        Assert.Equal(OtelVariables.All.Count, EnvironmentNames.SettingsAmong(named, "environment variable", problems).Count);
        Assert.Empty(problems);
    }

    /// <summary>The headers have the credential of the collector.</summary>
    [Fact]
    public void A_dump_masks_headers()
    {
        var lines = string.Join('\n', ConfigurationDump.Lines(SourcesOf(("OTEL_EXPORTER_OTLP_HEADERS", "api-key=the-secret"))));

        Assert.Contains("\"OTEL_EXPORTER_OTLP_HEADERS\": \"***\"", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", lines, StringComparison.Ordinal);
    }

    private static TelemetrySettings Read(params (string Key, string Value)[] settings) =>
        ServerSettings.Read(SourcesOf(settings), []).Telemetry;

    private static IReadOnlyList<string> ProblemsOf(params (string Key, string Value)[] settings) =>
        Assert.Throws<SettingsException>(() => ServerSettings.Read(SourcesOf(settings), [])).Problems;

    private static SettingSources SourcesOf(params (string Key, string Value)[] settings) => SettingSources.Of(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(),
        (_, _) => "tests");
}
