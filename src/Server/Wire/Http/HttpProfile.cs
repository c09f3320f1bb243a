using GrpcDcr.Server.Wire.Admission;
using GrpcDcr.Server.Wire.Callers;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>How the endpoints of one door, whose routes come from the contract, speak HTTP.</summary>
internal abstract class HttpProfile(Door door)
{
    public Door Door => door;

    /// <param name="http">The request.</param>
    /// <param name="gate">Decides before the body is read.</param>
    /// <param name="transcoded">The endpoint as transcoding made it.</param>
    public abstract Task InvokeAsync(HttpContext http, ICallGate gate, RequestDelegate transcoded);
}
