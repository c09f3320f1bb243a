namespace GrpcDcr.Server.Telemetry;

/// <summary>Quantiles of a histogram, estimated within its buckets as Prometheus does.</summary>
internal static class Quantile
{
    /// <summary>The bucket of a value: that of the first bound which it does not exceed, or the one after the last bound.</summary>
    public static int BucketOf(double value, double[] bounds)
    {
        var place = Array.BinarySearch(bounds, value);
        return place >= 0 ? place : ~place;
    }

    /// <param name="part">From 0 to 1.</param>
    /// <param name="bounds">The upper bounds of the buckets but the last, ascending.</param>
    /// <param name="counts">How many values each bucket has: one more than bounds.</param>
    /// <returns>Within the last bucket its lower bound; <see langword="null"/> if there are no values.</returns>
    public static double? Of(double part, IReadOnlyList<double> bounds, IReadOnlyList<long> counts)
    {
        var (rank, below) = (part * counts.Sum(), 0L);
        if (counts.All(count => count == 0))
        {
            return null;
        }

        for (var bucket = 0; bucket < bounds.Count; bucket++)
        {
            if (counts[bucket] > 0 && below + counts[bucket] >= rank)
            {
                var lower = bucket == 0 ? 0 : bounds[bucket - 1];
                return lower + ((bounds[bucket] - lower) * Math.Max(0, rank - below) / counts[bucket]);
            }

            below += counts[bucket];
        }

        return bounds[^1];
    }
}
