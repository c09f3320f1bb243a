using System.Threading.RateLimiting;

namespace GrpcDcr.Server.Registration.Admission;

/// <summary>What a budget answers: go on, or come again after a while.</summary>
internal sealed class WindowLease : RateLimitLease
{
    private readonly TimeSpan? retryAfter;

    private WindowLease(TimeSpan? retryAfter) => this.retryAfter = retryAfter;

    public static WindowLease Granted { get; } = new(null);

    public static WindowLease Refused(TimeSpan retryAfter) => new(retryAfter);

    public override bool IsAcquired => retryAfter is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = retryAfter;
        return !IsAcquired && metadataName == MetadataName.RetryAfter.Name;
    }
}
