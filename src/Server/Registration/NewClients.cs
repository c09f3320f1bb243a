using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Registration;

/// <summary>Makes new clients with their credentials. Stores nothing.</summary>
internal sealed class NewClients(CredentialFactory credentials, ClientSecrets secrets, TimeProvider time)
{
    /// <summary>A client with a new identifier, in its first state.</summary>
    /// <param name="validated">What is registered.</param>
    /// <param name="sourceAddress">The address that the registration comes from; <see langword="null"/> if it is not the client's.</param>
    public IssuedClient Create(ValidatedRegistration validated, string? sourceAddress)
    {
        var (id, now) = (credentials.NewClientId(), time.Now());
        var need = SecretNeed.Of(validated.Registered);
        var secret = need == SecretNeed.None ? null : secrets.Issue(id, need, validated.Policy, now);
        var token = LookupToken.For(id.Value);
        var client = new RegisteredClient
        {
            Id = id,
            Version = 1,
            State = validated.FirstState,
            StateReason = validated.HeldBy is { } rule ? $"Block rule {rule.Id}: {rule.Reason}" : null,
            Metadata = validated.Registered,
            Secret = secret?.Kept,
            RegistrationAccessToken = new RegistrationAccessToken(SecretHash.Of(token.Reveal())),
            IssuedAt = now,
            UpdatedAt = now,
            AdmittedBy = validated.Admission.AdmittedBy,
            InitialAccessTokenId = validated.Admission.InitialAccessTokenId,
            Constraints = validated.Admission.Constraints,
            SoftwareStatementIssuer = validated.SoftwareStatementIssuer,
            SourceAddress = sourceAddress,
        };
        return new IssuedClient(client, secret?.Shown, token);
    }
}

/// <summary>A client and the credentials to show with it.</summary>
/// <param name="Client">The client as stored.</param>
/// <param name="Secret">Newly issued, or presented by the caller; <see langword="null"/> if there is none to show.</param>
/// <param name="RegistrationAccessToken">The registration access token: newly issued, or the presented one.</param>
internal sealed record IssuedClient(RegisteredClient Client, Secret? Secret, Secret RegistrationAccessToken)
{
    /// <summary>The changes that a pending update made to the effective metadata at once; empty for any other answer.</summary>
    public IReadOnlyList<MemberDifference> Applied { get; init; } = [];
}
