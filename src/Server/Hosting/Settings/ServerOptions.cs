namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Where the listeners listen: configuration section <c>Doors</c>. Each is a URL such as <c>http://127.0.0.1:8080</c>.</summary>
internal sealed class DoorOptions
{
    public const string Section = "Doors";

    /// <summary>RFC 7591, <c>/.well-known</c> and liveness. Default: <c>http://127.0.0.1:8080</c>.</summary>
    public string Public { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Native gRPC. Default: <c>http://127.0.0.1:8081</c>.</summary>
    public string Inner { get; set; } = "http://127.0.0.1:8081";

    /// <summary>Admin API and readiness. Default: <c>http://127.0.0.1:8082</c>.</summary>
    public string Operator { get; set; } = "http://127.0.0.1:8082";
}

/// <summary>The token of a role: configuration sections <c>Operator</c> and <c>Directory</c>.</summary>
internal sealed class RoleOptions
{
    public const string OperatorSection = "Operator";
    public const string DirectorySection = "Directory";

    /// <summary>
    /// The bearer token of the role, at least 16 characters of RFC 6750 section 2.1. Empty, the default, means that the first start
    /// makes one and keeps it in the data folder.
    /// </summary>
    public string Token { get; set; } = "";
}

/// <summary>Whose <c>X-Forwarded-*</c> headers count: configuration section <c>ForwardedHeaders</c>.</summary>
internal sealed class ForwardedOptions
{
    public const string Section = "ForwardedHeaders";

    /// <summary>
    /// Addresses and networks (CIDR) of proxies, with spaces between them. Default: none; then <c>X-Forwarded-For</c>
    /// and <c>X-Forwarded-Proto</c> are ignored.
    /// </summary>
    public string TrustedProxies { get; set; } = "";
}

/// <summary>The metadata document: configuration section <c>Metadata</c>.</summary>
internal sealed class MetadataOptions
{
    public const string Section = "Metadata";

    /// <summary>
    /// Path of a JSON file with the authorization server's own metadata (RFC 8414 section 2), over which the registration part is
    /// laid. Default: none.
    /// </summary>
    public string BaseDocumentPath { get; set; } = "";
}
