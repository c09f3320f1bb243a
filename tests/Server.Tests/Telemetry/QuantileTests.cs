using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Tests.Telemetry;

/// <summary>Quantiles are estimated within the buckets.</summary>
public sealed class QuantileTests
{
    private static readonly double[] Bounds = [1, 2, 4];

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1, 0)]
    [InlineData(1.5, 1)]
    [InlineData(4, 2)]
    [InlineData(9, 3)]
    public void A_value_is_in_the_bucket_whose_bound_it_does_not_exceed(double value, int bucket) =>
        Assert.Equal(bucket, Quantile.BucketOf(value, Bounds));

    [Theory]
    [InlineData(0.5, "10 0 0 0", 0.5)]
    [InlineData(0.5, "5 5 0 0", 1)]
    [InlineData(0.75, "0 4 4 0", 3)]
    [InlineData(1, "1 0 1 0", 4)]
    [InlineData(0.99, "0 0 0 7", 4)]
    [InlineData(0, "0 3 0 0", 1)]
    public void A_quantile_lies_within_its_bucket(double part, string counts, double quantile) =>
        Assert.Equal(quantile, Quantile.Of(part, Bounds, [.. counts.Split(' ').Select(long.Parse)]));

    [Fact]
    public void Without_values_there_is_none() => Assert.Null(Quantile.Of(0.5, Bounds, [0, 0, 0, 0]));
}
