namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>Tries one input on a target.</summary>
internal sealed class Trial(IFuzzTarget target)
{
    /// <summary>
    /// No input may take longer. It is far more than any needs: a machine that is busy with other things must not look like a slow reader.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>How often an input that took long is tried again.</summary>
    private const int Retries = 3;

    /// <summary>What does not hold; <see langword="null"/> when all does.</summary>
    public Exception? Fault(byte[] input)
    {
        try
        {
            var fastest = Duration(input);
            for (var retry = 0; retry < Retries && fastest > Longest; retry++)
            {
                var again = Duration(input);
                fastest = again < fastest ? again : fastest;
            }

            return fastest <= Longest ? null : new TimeoutException($"It took {fastest.TotalSeconds} seconds, again and again.");
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    /// <summary>The same fault with less input, by leaving out one piece after the other.</summary>
    public byte[] Shortened(byte[] input, Exception fault, TimeSpan within)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var size = input.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= input.Length;)
            {
                if (TimeProvider.System.GetElapsedTime(started) > within)
                {
                    return input;
                }

                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + size)];
                if (IsSame(fault, Fault(shorter)))
                {
                    input = shorter;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }

    private TimeSpan Duration(byte[] input)
    {
        var started = TimeProvider.System.GetTimestamp();
        Coverage.Clear();
        target.Check(input);
        return TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>By type and by the place that threw: messages quote the input.</summary>
    private static bool IsSame(Exception fault, Exception? other) =>
        other is not null && other.GetType() == fault.GetType() && PlaceOf(other) == PlaceOf(fault);

    private static string? PlaceOf(Exception fault) =>
        fault.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("GrpcDcr.", StringComparison.Ordinal));
}
