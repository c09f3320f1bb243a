using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Registration.Policy;

/// <summary>
/// The policy of the server, and what each kind of admission makes of it. A profile narrows the server's policy and never widens it, so
/// that the metadata document of the server is true for all of them.
/// </summary>
/// <param name="Server">Section <c>Registration</c>: what the server supports at the most.</param>
/// <param name="Anonymous">Section <c>Registration:Profiles:Anonymous</c>: for registrations without token and statement.</param>
/// <param name="Token">Section <c>Registration:Profiles:Token</c>: for registrations with an initial access token.</param>
/// <param name="Statement">Section <c>Registration:Profiles:Statement</c>: for registrations with a trusted software statement.</param>
internal sealed record RegistrationPolicies(
    RegistrationPolicy Server, RegistrationPolicy Anonymous, RegistrationPolicy Token, RegistrationPolicy Statement)
{
    /// <param name="admittedBy">One of <see cref="AdmissionNames"/>.</param>
    public RegistrationPolicy For(string admittedBy) => admittedBy switch
    {
        AdmissionNames.SoftwareStatement => Statement,
        AdmissionNames.InitialAccessToken => Token,
        _ => Anonymous,
    };

    /// <summary>One and the same policy for everybody.</summary>
    public static RegistrationPolicies Same(RegistrationPolicy policy) => new(policy, policy, policy, policy);
}
