namespace GrpcDcr.Server.Wire.Admission;

/// <summary>Decides about a call from its connection and headers alone, before its body is read.</summary>
internal interface ICallGate
{
    /// <summary>Admits the call.</summary>
    /// <exception cref="Registration.RegistrationRefusedException">Not admitted.</exception>
    ValueTask<CallAdmission> AdmitAsync(HttpContext http);
}

/// <summary>The mark of an admitted call. A gRPC method that finds none on its call refuses it.</summary>
/// <param name="Registration">How a registration was admitted; <see langword="null"/> for other calls.</param>
internal sealed record CallAdmission(Server.Registration.Admission.AdmissionDecision? Registration = null)
{
    public static CallAdmission Granted { get; } = new();
}
