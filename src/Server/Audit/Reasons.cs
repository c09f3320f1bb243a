using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Audit;

/// <summary>The reasons of acts, and notes.</summary>
internal static class Reasons
{
    /// <summary>The maximum length of a reason, in characters.</summary>
    private const int MaxLength = 1_000;

    /// <exception cref="RegistrationRefusedException">A reason is too long, or missing where it is required.</exception>
    public static void Check(ActRequest request, bool isNeeded = false)
    {
        CheckPresence("reason", request.Reason, isNeeded);
        CheckLength("reason", request.Reason);
        CheckLength("public_reason", request.PublicReason);
    }

    /// <summary>A note follows the rules of a reason that is required.</summary>
    /// <exception cref="RegistrationRefusedException">The note is too long, or empty.</exception>
    public static void CheckNote(string text)
    {
        CheckPresence("text", text, isNeeded: true);
        CheckLength("text", text);
    }

    /// <summary>The reason, truncated to the length that the audit log stores.</summary>
    public static string? Kept(string? reason) => reason?.Length > MaxLength ? reason[..MaxLength] : reason;

    private static void CheckPresence(string field, string? text, bool isNeeded)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(text))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(field, $"A {field} is required."));
        }
    }

    private static void CheckLength(string field, string? text)
    {
        if (text?.Length > MaxLength)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                field, $"The {field} has {text.Length} characters; {MaxLength} are allowed."));
        }
    }
}
