using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Administration;

/// <summary>The reasons that administrators give for what they do.</summary>
internal static class Reasons
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxLength = 1_000;

    /// <exception cref="RegistrationRefusedException">Too long, or missing where one is needed.</exception>
    public static void Check(string? reason, bool isNeeded = false)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(reason))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument("reason", "A reason is required."));
        }

        if (reason?.Length > MaxLength)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                "reason", $"The reason has {reason.Length} characters; {MaxLength} are allowed."));
        }
    }
}
