namespace GrpcDcr.Server.Model;

/// <summary>Who did something.</summary>
/// <param name="Name">
/// The name of the token, certificate or subject; for a program its <c>client_id</c>. Empty for a program that is no client yet, and for
/// the service itself.
/// </param>
/// <param name="Role">In which role.</param>
internal sealed record Actor(string Name, ActorRole Role)
{
    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("", ActorRole.System);

    /// <summary>A program that wants to become a client.</summary>
    public static Actor Applicant { get; } = new("", ActorRole.Client);

    public static Actor Of(ClientId client) => new(client.ToString(), ActorRole.Client);

    public override string ToString() => Name.Length == 0 ? Role.ToString().ToLowerInvariant() : Name;
}

/// <summary>The role in which somebody acts. The numbers are stored: they never change meaning.</summary>
internal enum ActorRole
{
    Client = 1,
    Admin,
    Approver,
    Viewer,
    Directory,
    Secrets,
    System,
}
