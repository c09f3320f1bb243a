using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Audit;

/// <summary>The reasons of acts, and notes.</summary>
internal static class Reasons
{
    /// <summary>The maximum length of a reason, in characters.</summary>
    private const int MaxLength = 1_000;

    /// <exception cref="RegistrationRefusedException">Reasons are too long, or missing where they are required.</exception>
    public static void Check(ActRequest request, bool isNeeded = false) =>
        Require([.. Find("reason", request.Reason, isNeeded), .. Find("public_reason", request.PublicReason)]);

    /// <summary>A note follows the rules of a reason that is required.</summary>
    /// <exception cref="RegistrationRefusedException">The note is too long, or empty.</exception>
    public static void CheckNote(string text) => Require([.. Find("text", text, isNeeded: true)]);

    /// <summary>What is wrong with a reason.</summary>
    /// <param name="field">Its field.</param>
    /// <param name="text">The reason; <see langword="null"/> if none is given.</param>
    /// <param name="isNeeded">Whether it is required.</param>
    public static IEnumerable<Violation> Find(string field, string? text, bool isNeeded = false)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(text))
        {
            yield return new Violation(field, $"A {field} is required.");
        }

        if (text?.Length > MaxLength)
        {
            yield return new Violation(field, $"The {field} has {text.Length} characters; {MaxLength} are allowed.");
        }
    }

    /// <summary>The reason, truncated to the length that the audit log stores.</summary>
    public static string? Kept(string? reason) => reason?.Length > MaxLength ? reason[..MaxLength] : reason;

    private static void Require(IReadOnlyList<Violation> found)
    {
        if (found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(found));
        }
    }
}
