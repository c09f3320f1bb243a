using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Audit;

/// <summary>The reasons of acts.</summary>
internal static class Reasons
{
    /// <summary>The maximum length of a reason, in characters.</summary>
    private const int MaxLength = 1_000;

    /// <exception cref="RegistrationRefusedException">A reason is too long, or missing where it is required.</exception>
    public static void Check(ActRequest request, bool isNeeded = false)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument("reason", "A reason is required."));
        }

        CheckLength("reason", request.Reason);
        CheckLength("public_reason", request.PublicReason);
    }

    /// <summary>The reason, truncated to the length that the audit log stores.</summary>
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
