namespace GrpcDcr.Server.Model;

/// <summary>The acts of RFC 7592 section 2.</summary>
[Flags]
internal enum ManagementActs
{
    None = 0,
    Read = 1,
    Update = 2,
    Delete = 4,
}
