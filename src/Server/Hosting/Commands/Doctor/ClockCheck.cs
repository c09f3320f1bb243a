namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>Whether another machine has the same time: identifiers, expirations and budgets depend on it.</summary>
internal static class ClockCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <param name="other">The other machine.</param>
    /// <param name="difference">How much its clock is ahead of that of this machine.</param>
    public static Finding Evaluate(string other, TimeSpan difference) => difference.Duration() > Tolerance
        ? Finding.Failed(
            $"the clock of {other} is {difference.Duration().TotalSeconds:F0} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} "
            + "that of this machine: let both follow the same time server.")
        : Finding.Good($"the clocks of {other} and of this machine agree.");
}
