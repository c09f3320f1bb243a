using System.Diagnostics;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps the admission of a registration to its message.</summary>
internal static class AdmissionMapping
{
    /// <param name="name">One of <see cref="AdmissionNames"/>.</param>
    public static V1.Admission ToMessage(string name) => name switch
    {
        AdmissionNames.Open => V1.Admission.Open,
        AdmissionNames.InitialAccessToken => V1.Admission.InitialAccessToken,
        AdmissionNames.SoftwareStatement => V1.Admission.SoftwareStatement,
        AdmissionNames.Administrator => V1.Admission.Administrator,
        _ => throw new UnreachableException($"{name} is no admission."),
    };

    /// <summary>One of <see cref="AdmissionNames"/>; <see langword="null"/> for any.</summary>
    public static string? ToFilter(V1.Admission admission) => admission switch
    {
        V1.Admission.Unspecified => null,
        V1.Admission.Open => AdmissionNames.Open,
        V1.Admission.InitialAccessToken => AdmissionNames.InitialAccessToken,
        V1.Admission.SoftwareStatement => AdmissionNames.SoftwareStatement,
        V1.Admission.Administrator => AdmissionNames.Administrator,
        _ => throw new UnreachableException($"{admission} was not refused as unknown."),
    };
}
