namespace GrpcDcr.Server.Registration.Admission;

/// <summary>A registration may go on: this is how it was admitted.</summary>
/// <param name="AdmittedBy">One of <see cref="Model.AdmissionNames"/>.</param>
internal sealed record AdmissionDecision(string AdmittedBy);
