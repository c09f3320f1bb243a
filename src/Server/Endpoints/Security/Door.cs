namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>A listener, and what may be reached through it. Tags connections and endpoints; only what matches answers.</summary>
internal sealed record Door(string Name)
{
    /// <summary>RFC 7591, /.well-known and liveness; for everybody.</summary>
    public static Door Public { get; } = new("public");

    /// <summary>Native gRPC, for authorization servers and other programs of the house.</summary>
    public static Door Inner { get; } = new("inner");

    /// <summary>The admin API and readiness, for administrators.</summary>
    public static Door Operator { get; } = new("operator");
}
