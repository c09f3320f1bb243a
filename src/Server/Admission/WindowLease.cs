using System.Threading.RateLimiting;

namespace GrpcDcr.Server.Admission;

/// <summary>The answer of a budget: admitted, or refused with a time to wait.</summary>
internal sealed class WindowLease : RateLimitLease
{
    private readonly TimeSpan? _retryAfter;

    private WindowLease(TimeSpan? retryAfter) => _retryAfter = retryAfter;

    public static WindowLease Granted { get; } = new(null);

    public static WindowLease Refused(TimeSpan retryAfter) => new(retryAfter);

    public override bool IsAcquired => _retryAfter is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = _retryAfter;
        return !IsAcquired && metadataName == MetadataName.RetryAfter.Name;
    }
}
