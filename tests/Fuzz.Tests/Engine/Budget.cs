using System.Globalization;
using System.Security.Cryptography;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>How long each target is tried, and from which seed.</summary>
/// <param name="Duration">For each target.</param>
/// <param name="Seed">The same seed makes the same inputs as long as the server takes the same branches.</param>
internal sealed record Budget(TimeSpan Duration, ulong Seed)
{
    /// <summary>Seconds.</summary>
    private const int Default = 2;

    /// <summary>
    /// <c>FUZZ_SECONDS</c>, default 2, and <c>FUZZ_SEED</c>, by default another one in each run.
    /// </summary>
    public static Budget OfEnvironment() =>
        Of(Environment.GetEnvironmentVariable("FUZZ_SECONDS"), Environment.GetEnvironmentVariable("FUZZ_SEED"));

    /// <exception cref="FormatException">One of them is no number.</exception>
    public static Budget Of(string? seconds, string? seed) => new(
        TimeSpan.FromSeconds(string.IsNullOrEmpty(seconds) ? Default : uint.Parse(seconds, CultureInfo.InvariantCulture)),
        string.IsNullOrEmpty(seed) ? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) : ulong.Parse(seed, CultureInfo.InvariantCulture));
}
