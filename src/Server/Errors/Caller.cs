using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Errors;

/// <summary>Who is behind a call, for the audit log.</summary>
/// <param name="Actor">Who acts, in which role.</param>
/// <param name="SourceAddress">Where the call comes from; <see langword="null"/> when unknown.</param>
/// <param name="RequestId">Ties audit events to log lines; <see langword="null"/> outside of a request.</param>
internal sealed record Caller(Actor Actor, string? SourceAddress, string? RequestId)
{
    /// <summary>The service itself.</summary>
    public static Caller System { get; } = new(Actor.System, SourceAddress: null, RequestId: null);
}
