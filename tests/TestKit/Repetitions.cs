using System.Globalization;

namespace GrpcDcr.TestKit;

/// <summary>
/// How much a test tries: a little in every run, and as much as is asked for by <c>eng/soak</c>, which sets the variables.
/// </summary>
internal static class Repetitions
{
    /// <param name="variable">An environment variable that holds a whole number.</param>
    /// <param name="inEveryRun">What is tried where the variable is not set.</param>
    /// <exception cref="FormatException">It holds something else.</exception>
    public static int Of(string variable, int inEveryRun) => Asked(variable) ?? inEveryRun;

    /// <returns><see langword="null"/> where the variable is not set or empty.</returns>
    public static int? Asked(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } number
            ? int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
