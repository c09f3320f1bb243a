using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Audit;

/// <summary>The reasons that administrators give for what they do.</summary>
internal static class Reasons
{
    /// <summary>Longest reason, in characters.</summary>
    private const int MaxLength = 1_000;

    /// <exception cref="RegistrationRefusedException">Too long, or missing where one is needed.</exception>
    public static void Check(ActRequest request, bool isNeeded = false)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument("reason", "A reason is required."));
        }

        CheckLength("reason", request.Reason);
        CheckLength("public_reason", request.PublicReason);
    }

    /// <summary>As much of a reason as the audit log keeps.</summary>
    public static string? Kept(string? reason) => reason?.Length > MaxLength ? reason[..MaxLength] : reason;

    private static void CheckLength(string field, string? text)
    {
        if (text?.Length > MaxLength)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                field, $"The {field} has {text.Length} characters; {MaxLength} are allowed."));
        }
    }
}
