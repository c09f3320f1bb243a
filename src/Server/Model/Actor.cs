namespace GrpcDcr.Server.Model;

/// <summary>Who did something.</summary>
/// <param name="Name">
/// The name of the token; for a program its <c>client_id</c>. Empty for a program that is not registered yet, and for the service itself.
/// </param>
/// <param name="Role">The role of the actor.</param>
internal sealed record Actor(string Name, ActorRole Role)
{
    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("", ActorRole.System);

    /// <summary>A program that is not registered yet.</summary>
    public static Actor Applicant { get; } = new("", ActorRole.Client);

    /// <summary>A caller whose credential is wrong.</summary>
    public static Actor Unknown { get; } = new("", ActorRole.Unknown);

    public static Actor Of(ClientId client) => new(client.ToString(), ActorRole.Client);

    public override string ToString() => Name.Length == 0 ? Role.ToString().ToLowerInvariant() : Name;
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
