namespace GrpcDcr.Server.Telemetry;

/// <summary>The kind of an instrument, as in OpenTelemetry.</summary>
internal enum InstrumentKind
{
    /// <summary>Adds up; its rate is what is looked at.</summary>
    Counter,

    /// <summary>The value of now.</summary>
    Gauge,

    /// <summary>Counts values by their size.</summary>
    Histogram,
}

/// <summary>A row of <see cref="InstrumentTable"/>.</summary>
/// <param name="Name">As OpenTelemetry names it, with dots.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Unit">UCUM: <c>s</c>, <c>By</c>, or what is counted, in braces.</param>
/// <param name="Description">What is counted or measured.</param>
/// <param name="Attributes">Its attributes. Each has a closed set of values.</param>
internal sealed record Instrument(
    string Name, InstrumentKind Kind, string Unit, string Description, params IReadOnlyList<InstrumentAttribute> Attributes)
{
    /// <summary>The upper bounds of the buckets of a histogram; <see langword="null"/> for any other kind.</summary>
    public double[]? Buckets { get; init; }

    /// <summary>The name that Prometheus shows, without the suffixes of a histogram.</summary>
    public string PrometheusName => Name.Replace('.', '_') + UnitSuffix + (Kind == InstrumentKind.Counter ? "_total" : "");

    private string UnitSuffix => Unit == "s" ? "_seconds" : Unit == "By" ? "_bytes" : "";
}

/// <summary>An attribute of an instrument.</summary>
/// <param name="Name">As OpenTelemetry names it, with dots.</param>
/// <param name="Values">All values that it can have; empty if <paramref name="SetElsewhere"/> says where they are listed.</param>
/// <param name="SetElsewhere">Which closed set its values are from, in words; <see langword="null"/> if they are listed here.</param>
internal sealed record InstrumentAttribute(string Name, IReadOnlyList<string> Values, string? SetElsewhere = null)
{
    /// <summary>The name of the label that Prometheus shows.</summary>
    public string PrometheusName => Name.Replace('.', '_');
}
