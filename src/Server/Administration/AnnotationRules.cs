using System.Buffers;
using System.Collections.Immutable;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Administration;

/// <summary>Rules for changes of annotations.</summary>
internal static class AnnotationRules
{
    private const int MaxCount = 16;
    private const int MaxKeyLength = 63;
    private const int MaxValueLength = 256;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._/-");

    /// <summary>Whether a text is a key: it has no equals sign then.</summary>
    public static bool IsKey(string text) =>
        text.Length is > 0 and <= MaxKeyLength && !text.AsSpan().ContainsAnyExcept(KeyCharacters);

    /// <exception cref="RegistrationRefusedException">Names every violation.</exception>
    public static void Check(AnnotationChange change)
    {
        var violations = new Violations();
        if (change.Set.Count == 0 && change.Remove.Count == 0)
        {
            violations.Add("set", "The set or remove must have at least one key.");
        }

        foreach (var (key, value) in change.Set)
        {
            CheckKey("set", key, violations);
            if (TextRules.Fault(value, MaxValueLength) is { } fault)
            {
                violations.Add("set", $"The value of {Excerpt.Of(key)} in set {fault}.");
            }
        }

        foreach (var key in change.Remove)
        {
            CheckKey("remove", key, violations);
            if (change.Set.ContainsKey(key))
            {
                violations.Add("remove", $"{Excerpt.Of(key)} is in set and in remove.");
            }
        }

        Require(violations);
    }

    /// <summary>The annotations after the change.</summary>
    /// <exception cref="RegistrationRefusedException">There would be too many.</exception>
    public static ImmutableSortedDictionary<string, string> Apply(
        AnnotationChange change, ImmutableSortedDictionary<string, string> current)
    {
        var (next, violations) = (current.RemoveRange(change.Remove).SetItems(change.Set), new Violations());
        if (next.Count > MaxCount)
        {
            violations.Add("set", $"The client would have {next.Count} annotations; {MaxCount} are allowed.");
        }

        Require(violations);
        return next;
    }

    private static void CheckKey(string field, string key, Violations violations)
    {
        if (!IsKey(key))
        {
            violations.Add(field, $"{Excerpt.Of(key)} in {field} must be 1 to {MaxKeyLength} characters [a-z0-9._/-].");
        }
    }

    private static void Require(Violations violations)
    {
        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }
    }
}

/// <summary>A change of annotations. What it does not name stays.</summary>
/// <param name="Set">Those to add or replace.</param>
/// <param name="Remove">The keys of those to remove.</param>
internal sealed record AnnotationChange(IReadOnlyDictionary<string, string> Set, IReadOnlyList<string> Remove);
