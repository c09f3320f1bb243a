namespace GrpcDcr.Server.Admission;

/// <summary>
/// How many clients that registered without a token may wait for approval or stay rejected: configuration section <c>UnapprovedClients</c>.
/// Each limit is at least 1.
/// </summary>
internal sealed class UnapprovedClientOptions
{
    public const string Section = "UnapprovedClients";

    /// <summary>All together. Default: 20000.</summary>
    public int Max { get; set; } = 20_000;

    /// <summary>The size of all their stored records together, in MiB. Default: 256.</summary>
    public int MaxMegabytes { get; set; } = 256;

    public long MaxBytes => MaxMegabytes * 1024L * 1024;

    /// <summary>
    /// From one IPv4 address or IPv6 /64; from an IPv6 /56 four times, from a /48 sixteen times as many. Default: 100.
    /// </summary>
    public int MaxPerNetwork { get; set; } = 100;

    /// <summary>
    /// With a redirect URI at one host or private-use scheme; those on the user's own machine are not counted. Default: 500.
    /// </summary>
    public int MaxPerRedirectHost { get; set; } = 500;
}
