using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Telemetry;

/// <summary>A collector of OTLP over HTTP, with what it was sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    private Collector()
    {
        // The folder of the tests has the settings file of the service, with its listeners.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _received.Enqueue((signal, body.ToArray()));
        });
    }

    /// <summary>Sends everything here, and soon.</summary>
    public string[] Settings =>
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT=" + _app.Urls.Single(),
        "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_BSP_SCHEDULE_DELAY=100", "OTEL_BLRP_SCHEDULE_DELAY=100",
        "OTEL_METRIC_EXPORT_INTERVAL=500", "OTEL_EXPORTER_OTLP_HEADERS=api-key=the-key-of-the-tests",
    ];

    public IEnumerable<ReceivedSpan> Spans => BodiesOf("traces").SelectMany(body => ReceivedSpan.In(body));

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    public IEnumerable<byte[]> BodiesOf(string signal) => _received.Where(sent => sent.Signal == signal).Select(sent => sent.Body);

    /// <summary>Waits until something has been sent.</summary>
    public async Task<T> WaitAsync<T>(Func<Collector, T?> find)
        where T : class
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (find(this) is { } found)
            {
                return found;
            }

            Assert.False(limit.IsCancellationRequested, string.Join('\n', Spans));
            await timer.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>A span of an ExportTraceServiceRequest, as far as the tests read it.</summary>
/// <param name="TraceId">In hexadecimal, as all identifiers.</param>
/// <param name="Id">Of the span.</param>
/// <param name="ParentId">Of its parent; empty if it has none.</param>
/// <param name="Name">Of the span.</param>
/// <param name="Texts">The attributes that are texts.</param>
internal sealed record ReceivedSpan(string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The numbers of the fields are those of opentelemetry/proto/trace/v1/trace.proto.</summary>
    public static IEnumerable<ReceivedSpan> In(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        from span in Fields(scope, 2)
        select Of(span);

    private static ReceivedSpan Of(byte[] span) => new(
        Hex(span, 1),
        Hex(span, 2),
        Hex(span, 4),
        Text(span, 5),
        Fields(span, 9).ToDictionary(
            attribute => Text(attribute, 1), attribute => Fields(attribute, 2).Select(value => Text(value, 1)).FirstOrDefault() ?? ""));

    private static string Hex(byte[] message, int field) =>
        Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    private static string Text(byte[] message, int field) =>
        System.Text.Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>The values of a field that are messages, bytes or texts.</summary>
    private static List<byte[]> Fields(byte[] message, int field)
    {
        var (values, input) = (new List<byte[]>(), new CodedInputStream(message));
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                values.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return values;
    }
}
