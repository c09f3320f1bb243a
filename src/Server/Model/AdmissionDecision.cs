namespace GrpcDcr.Server.Model;

/// <summary>How a registration was admitted.</summary>
/// <param name="AdmittedBy">One of <see cref="AdmissionNames"/>.</param>
/// <param name="InitialAccessTokenId">
/// The issued initial access token that admitted it and of which a use is consumed; <see langword="null"/> without one.
/// </param>
/// <param name="Constraints">The constraints of the token; <see langword="null"/> for none.</param>
internal sealed record AdmissionDecision(
    string AdmittedBy, InitialAccessTokenId? InitialAccessTokenId = null, RegistrationConstraints? Constraints = null);
