using System.Globalization;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Finds wrong settings of the section <c>Statements</c> before the service starts.</summary>
internal sealed class SoftwareStatementOptionsValidator : IValidateOptions<SoftwareStatementOptions>
{
    public ValidateOptionsResult Validate(string? name, SoftwareStatementOptions options)
    {
        var failures = new List<string>();
        Check(nameof(options.MaxLength), options.MaxLength, 1024, 32768);
        Check(nameof(options.ClockSkewSeconds), options.ClockSkewSeconds, 0, 600);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{SoftwareStatementOptions.Section}:{key} has the value '{value}'. It must be {least} to {most}."));
            }
        }
    }
}
