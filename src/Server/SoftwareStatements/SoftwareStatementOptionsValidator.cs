using System.Globalization;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Finds wrong settings of the section <c>SoftwareStatements</c> before the service starts.</summary>
internal static class SoftwareStatementOptionsValidator
{
    public static List<SettingProblem> Validate(SoftwareStatementOptions options)
    {
        var failures = new List<SettingProblem>();
        Check(nameof(options.MaxLength), options.MaxLength, 1024, 32768);
        Check(nameof(options.ClockSkewSeconds), options.ClockSkewSeconds, 0, 600);
        return failures;

        void Check(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                failures.Add(new SettingProblem(
                    $"{SoftwareStatementOptions.Section}:{key}", value.ToString(CultureInfo.InvariantCulture), $"{least} to {most}"));
            }
        }
    }
}
