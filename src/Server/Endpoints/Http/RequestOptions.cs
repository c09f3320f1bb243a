namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Limits of requests: configuration section <c>RequestLimits</c>.</summary>
internal sealed class RequestOptions
{
    public const string Section = "RequestLimits";

    /// <summary>
    /// How long the body of a request, or the message of a gRPC call, may take to arrive. Between one second and one minute. Default: 10
    /// seconds.
    /// </summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether <see cref="BodyTimeout"/> is acceptable.</summary>
    public bool IsBodyTimeoutInRange => BodyTimeout >= TimeSpan.FromSeconds(1) && BodyTimeout <= TimeSpan.FromMinutes(1);
}
