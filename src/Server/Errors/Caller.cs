using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Errors;

/// <summary>The caller for the audit log.</summary>
/// <param name="Actor">Actor and role.</param>
/// <param name="SourceAddress">Where the call comes from; <see langword="null"/> when unknown.</param>
/// <param name="RequestId">The identifier of the request, which log lines have too; <see langword="null"/> outside of a request.</param>
internal sealed record Caller(Actor Actor, string? SourceAddress, string? RequestId)
{
    /// <summary>The client that calls; <see langword="null"/> for everybody else, and for a program that is not registered yet.</summary>
    public ClientId? Client => Actor.Role == ActorRole.Client && ClientId.TryParse(Actor.Name, out var id) ? id : null;

    /// <summary>The service itself.</summary>
    public static Caller System { get; } = new(Actor.System, SourceAddress: null, RequestId: null);
}
