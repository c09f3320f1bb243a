using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// How documents are fetched that a client or an issuer of software statements refers to: configuration section <c>Fetching</c>.
/// </summary>
internal sealed class FetchingOptions
{
    public const string Section = "Fetching";

    /// <summary>
    /// Hosts that may have an address that is not public, and entries <c>host:port</c> for one port of a host, which may then also be
    /// below 1024. Names, IPv4 addresses, IPv6 addresses in brackets; they compare as text, without case. Default: none.
    /// </summary>
    [ListSetting]
    public string AllowedHosts { get; set; } = "";

    /// <summary>
    /// Path of a PEM file with certificates of further authorities that servers may be certified by, besides those of the system.
    /// Read once, at the start. Default: none.
    /// </summary>
    public string CertificateAuthorities { get; set; } = "";

    /// <summary>
    /// How long one fetch may take in seconds, from the wait for its turn to the last byte of the body. Default 5. Range 1 to 60.
    /// </summary>
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>The longest document, in octets. Default 65536. Range 1024 to 1048576.</summary>
    public int MaxBytes { get; set; } = 65536;

    /// <summary>How many fetches go on at once; further ones wait within their time. Default 16. Range 1 to 1000.</summary>
    public int MaxConcurrent { get; set; } = 16;

    /// <summary>How many fetches from one host go on at once; further ones wait within their time. Default 2. Range 1 to 1000.</summary>
    public int MaxConcurrentPerHost { get; set; } = 2;

    /// <summary>How long a document is answered from memory, in seconds. Default 300; 0 means never. Range 0 to 86400.</summary>
    public int CacheSeconds { get; set; } = 300;

    /// <summary>
    /// The most documents in memory, and the most failures; the oldest go first. Default 1000. Range 1 to 10000. With
    /// <see cref="MaxBytes"/> it bounds the memory they take.
    /// </summary>
    public int CacheEntries { get; set; } = 1000;
}
