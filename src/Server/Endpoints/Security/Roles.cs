namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>The roles of tokens.</summary>
internal static class Roles
{
    /// <summary>All acts of administrators, and the client directory.</summary>
    public const string Admin = "admin";

    /// <summary>Reads clients and the audit log, previews, approves and rejects.</summary>
    public const string Approver = "approver";

    /// <summary>Reads clients and the audit log.</summary>
    public const string Viewer = "viewer";

    /// <summary>The client directory, for authorization servers.</summary>
    public const string Directory = "directory";

    /// <summary>Reveals client secrets. No other role includes this permission.</summary>
    public const string Secrets = "secrets";

    public static readonly IReadOnlyList<string> All = [Admin, Approver, Viewer, Directory, Secrets];
}
