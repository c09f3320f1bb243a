using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// How documents are fetched that a client or an issuer of software statements refers to: configuration section <c>Fetching</c>.
/// </summary>
internal sealed class FetchingOptions
{
    public const string Section = "Fetching";

    /// <summary>
    /// Hosts that may have an address that is not public. An entry <c>host:port</c> allows one port of a host, which may also be below
    /// 1024. Entries are names, IPv4 addresses or IPv6 addresses in brackets, compared as text without case. Default: none.
    /// </summary>
    [ListSetting]
    public string AllowedHosts { get; set; } = "";

    /// <summary>
    /// Path of a PEM file with certificate authorities that are trusted in addition to those of the system. Read once, at the start.
    /// Default: none.
    /// </summary>
    public string CertificateAuthorities { get; set; } = "";

    /// <summary>The timeout of a fetch in seconds, including the wait for a free slot. Default 5. Range 1 to 60.</summary>
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>The maximum size of a document, in octets. Default 65536. Range 1024 to 1048576.</summary>
    public int MaxBytes { get; set; } = 65536;

    /// <summary>
    /// The maximum number of concurrent fetches; further ones wait within their timeout. The keys of issuers of software statements have as
    /// many slots of their own. Default 16. Range 1 to 1000.
    /// </summary>
    public int MaxConcurrent { get; set; } = 16;

    /// <summary>
    /// The maximum number of concurrent fetches from one host; further ones wait within their timeout. Default 2. Range 1 to 1000.
    /// </summary>
    public int MaxConcurrentPerHost { get; set; } = 2;

    /// <summary>
    /// How long a document is cached at the most, in seconds: a shorter time that its server allows (<c>Cache-Control</c>, RFC 9111 section
    /// 5.2.2) counts, but no document is fetched twice within 5 seconds. Default 300; 0 disables the cache. Range 0 to 86400.
    /// </summary>
    public int CacheSeconds { get; set; } = 300;

    /// <summary>
    /// The maximum number of cached documents, and of cached failures; the oldest are removed first. Default 1000. Range 1 to 10000.
    /// Together with <see cref="MaxBytes"/> it limits the memory of the cache.
    /// </summary>
    public int CacheEntries { get; set; } = 1000;

    /// <summary>The same, for a caller that has a cache of its own.</summary>
    public FetchingOptions WithoutCache()
    {
        var options = (FetchingOptions)MemberwiseClone();
        options.CacheSeconds = 0;
        return options;
    }
}
