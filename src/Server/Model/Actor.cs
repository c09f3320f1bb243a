namespace GrpcDcr.Server.Model;

/// <summary>Who did something.</summary>
/// <param name="Name">
/// The name of the token, the certificate or the JWT; for a program its <c>client_id</c>. Empty for a program that is not registered yet,
/// and for the service itself.
/// </param>
/// <param name="Role">The role of the actor.</param>
/// <param name="Proof">Who vouches for the name; <see langword="null"/> for a configured token, and for actors without a role.</param>
internal sealed record Actor(string Name, ActorRole Role, ActorProof? Proof = null)
{
    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("", ActorRole.System);

    /// <summary>A program that is not registered yet.</summary>
    public static Actor Applicant { get; } = new("", ActorRole.Client);

    /// <summary>A caller whose credential is wrong.</summary>
    public static Actor Unknown { get; } = new("", ActorRole.Unknown);

    public static Actor Of(ClientId client) => new(client.ToString(), ActorRole.Client);

    /// <summary>
    /// Whether both are the same person or program, as far as is known: the same subject of an issuer of JWTs, or the same name if one of
    /// the names is the configuration's, which may be of a token and of certificates that replace each other.
    /// </summary>
    public bool IsSameAs(Actor other) =>
        Proof is { Method: AuthenticationMethod.Jwt } own && other.Proof is { Method: AuthenticationMethod.Jwt } others
        ? own == others
        : string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name.Length == 0 ? Role.ToString().ToLowerInvariant()
        : Proof is null ? Name
        : $"{Name} ({Proof.Subject} of {Proof.Issuer})";
}

/// <summary>Who vouches for an actor. It never has the token or certificate itself.</summary>
/// <param name="Method">How.</param>
/// <param name="Issuer">The <c>iss</c> of a JWT; the distinguished name of the issuer of a certificate.</param>
/// <param name="Subject">The <c>sub</c> of a JWT, or its <c>client_id</c>; what the configuration says that a certificate names.</param>
internal sealed record ActorProof(AuthenticationMethod Method, string Issuer, string Subject);

/// <summary>How a caller with a role was authenticated. The numbers are stored and never change their meaning.</summary>
internal enum AuthenticationMethod
{
    None = 0,
    Token = 1,
    Jwt = 2,
    Certificate = 3,
}

/// <summary>The role of an actor. The numbers are stored and never change their meaning.</summary>
internal enum ActorRole
{
    Unknown = 0,
    Client = 1,
    Admin,
    Approver,
    Viewer,
    Directory,
    Secrets,
    System,
}
