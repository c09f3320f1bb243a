using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Decides about a call from its connection and headers alone, before its body is read.</summary>
internal interface ICallGate
{
    /// <summary>Admits the call.</summary>
    /// <exception cref="Server.Errors.RegistrationRefusedException">Not admitted.</exception>
    ValueTask<CallAdmission> AdmitAsync(HttpContext http);
}

/// <summary>The mark of an admitted call. A gRPC method that finds none on its call refuses it.</summary>
/// <param name="Registration">How a registration was admitted; <see langword="null"/> for other calls.</param>
/// <param name="Client">The client that showed its registration access token; <see langword="null"/> for other calls.</param>
internal sealed record CallAdmission(AdmissionDecision? Registration = null, ManagedClient? Client = null)
{
    public static CallAdmission Granted { get; } = new();
}
