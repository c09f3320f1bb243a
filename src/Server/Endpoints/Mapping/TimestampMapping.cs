using Google.Protobuf.WellKnownTypes;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Times of requests.</summary>
internal static class TimestampMapping
{
    private static readonly (long First, long Last) Seconds =
        (DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());

    /// <summary>The time; <see langword="null"/> if absent. A caller of gRPC may send any numbers: the nearest time is taken.</summary>
    public static DateTimeOffset? ToTime(this Timestamp? message) => message is null
        ? null
        : DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(message.Seconds, Seconds.First, Seconds.Last))
            .AddTicks(Math.Clamp(message.Nanos, 0, 999_999_999) / TimeSpan.NanosecondsPerTick);
}
