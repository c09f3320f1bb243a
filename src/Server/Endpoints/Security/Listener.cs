namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// A Kestrel endpoint. Connections and routes are tagged with their listener; a request reaches only routes with the same tag.
/// </summary>
/// <param name="Name">As in <c>Kestrel:Endpoints:NAME</c>.</param>
/// <param name="NeedsTls">Whether plain HTTP is allowed on loopback only.</param>
internal sealed record Listener(string Name, bool NeedsTls)
{
    /// <summary>RFC 7591, RFC 7592 and /.well-known, for everybody.</summary>
    public static Listener Public { get; } = new("Public", NeedsTls: true);

    /// <summary>Native gRPC, for authorization servers and other internal programs.</summary>
    public static Listener Internal { get; } = new("Internal", NeedsTls: true);

    /// <summary>The admin API as JSON.</summary>
    public static Listener Admin { get; } = new("Admin", NeedsTls: true);

    /// <summary>Health, for the platform. It needs no credential and shows nothing secret.</summary>
    public static Listener Management { get; } = new("Management", NeedsTls: false);

    public static IReadOnlyList<Listener> All { get; } = [Public, Internal, Admin, Management];
}
