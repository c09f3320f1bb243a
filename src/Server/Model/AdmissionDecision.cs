namespace GrpcDcr.Server.Model;

/// <summary>A registration may go on: this is how it was admitted.</summary>
/// <param name="AdmittedBy">One of <see cref="AdmissionNames"/>.</param>
/// <param name="InitialAccessTokenId">
/// The issued token that admitted it, of which a use is to be spent; <see langword="null"/> without one.
/// </param>
/// <param name="Constraints">What the token bounds it to; <see langword="null"/> for policy alone.</param>
internal sealed record AdmissionDecision(
    string AdmittedBy, InitialAccessTokenId? InitialAccessTokenId = null, RegistrationConstraints? Constraints = null);
