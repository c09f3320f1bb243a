using System.Diagnostics;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Policy;

/// <summary>
/// The policy of the server, and the policy of each kind of admission. A profile narrows the server's policy and never widens it, so that
/// the metadata document of the server is true for all of them.
/// </summary>
/// <param name="Server">Section <c>Registration</c>: what can be registered at all.</param>
/// <param name="Anonymous">
/// Section <c>Registration:Profiles:Anonymous</c>: for registrations without an initial access token and without a software statement.
/// </param>
/// <param name="InitialAccessToken">
/// Section <c>Registration:Profiles:InitialAccessToken</c>: for registrations with an initial access token.
/// </param>
/// <param name="SoftwareStatement">
/// Section <c>Registration:Profiles:SoftwareStatement</c>: for registrations with a trusted software statement.
/// </param>
internal sealed record RegistrationPolicies(
    RegistrationPolicy Server, RegistrationPolicy Anonymous, RegistrationPolicy InitialAccessToken, RegistrationPolicy SoftwareStatement)
{
    /// <param name="admittedBy">One of <see cref="AdmissionNames"/>.</param>
    public RegistrationPolicy For(string admittedBy) => admittedBy switch
    {
        AdmissionNames.SoftwareStatement => SoftwareStatement,
        AdmissionNames.InitialAccessToken => InitialAccessToken,
        AdmissionNames.Open => Anonymous,
        AdmissionNames.Administrator => Server,
        _ => throw new UnreachableException($"There is no policy for registrations admitted by '{admittedBy}'."),
    };

    /// <summary>The same policy for all kinds of admission.</summary>
    public static RegistrationPolicies Same(RegistrationPolicy policy) => new(policy, policy, policy, policy);
}
