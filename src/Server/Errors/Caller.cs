namespace GrpcDcr.Server.Errors;

/// <summary>Who is behind a call, for the audit log.</summary>
/// <param name="Actor">The role that acts: <c>client</c>, <c>administrator</c>.</param>
/// <param name="SourceAddress">Where the call comes from; <see langword="null"/> when unknown.</param>
/// <param name="RequestId">Ties audit events to log lines; <see langword="null"/> outside of a request.</param>
internal sealed record Caller(string Actor, string? SourceAddress, string? RequestId)
{
    /// <summary>The actor of registrations.</summary>
    public const string Client = "client";

    /// <summary>The actor of administration.</summary>
    public const string Operator = "operator";

    /// <summary>The actor of what the service does by itself.</summary>
    public const string Service = "service";
}
