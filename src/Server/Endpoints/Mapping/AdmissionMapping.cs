using System.Diagnostics;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>How a registration was let in, as the messages have it.</summary>
internal static class AdmissionMapping
{
    /// <param name="name">One of <see cref="AdmissionNames"/>.</param>
    public static V1.Admission ToMessage(string name) => name switch
    {
        AdmissionNames.Open => V1.Admission.Open,
        AdmissionNames.InitialAccessToken => V1.Admission.InitialAccessToken,
        AdmissionNames.SoftwareStatement => V1.Admission.SoftwareStatement,
        _ => throw new UnreachableException($"{name} is no admission."),
    };
}
