using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>Rules for requests to create a block rule.</summary>
internal static class BlockRuleRequestRules
{
    private const int MaxValueLength = 300;

    /// <exception cref="RegistrationRefusedException">Fields are wrong; the error names each and what is allowed.</exception>
    public static BlockRule Create(BlockRuleRequest asked, ActRequest request, DateTimeOffset now)
    {
        var violations = new List<Violation>();
        var value = Check(asked, request.Reason, now, violations);
        if (asked.Subject is not { } subject || value is null || violations.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations));
        }

        var effect = asked.Effect ?? BlockSubjects.DefaultEffectOf(subject);
        return new BlockRule(
            Guid.CreateVersion7(now), subject, value, effect, request.Reason!, now, request.Caller.Actor.Name, asked.ExpiresAt);
    }

    /// <summary>The wrong fields.</summary>
    public static IReadOnlyList<Violation> Find(BlockRuleRequest asked, string? reason, DateTimeOffset now)
    {
        var violations = new List<Violation>();
        Check(asked, reason, now, violations);
        return violations;
    }

    /// <summary>The value as it is stored; <see langword="null"/> if it is wrong.</summary>
    private static string? Check(BlockRuleRequest asked, string? reason, DateTimeOffset now, List<Violation> violations)
    {
        var value = ValueOf(asked, violations);
        violations.AddRange(Reasons.Find("reason", reason, isNeeded: true));
        if (asked.ExpiresAt is { } end && end <= now)
        {
            violations.Add(new Violation("expire_time", "The expire_time must be in the future; leave it out for no expiry."));
        }

        return value;
    }

    private static string? ValueOf(BlockRuleRequest asked, List<Violation> violations)
    {
        if (asked.Subject is not { } subject)
        {
            violations.Add(new Violation("subject", $"The subject must be one of {string.Join(", ", BlockSubjects.Names)}."));
            return null;
        }

        var (value, fault) = asked.Value.Length is 0 or > MaxValueLength
            ? (null, $"must have 1 to {MaxValueLength} characters")
            : BlockPattern.Read(subject, asked.Value);
        if (fault is not null)
        {
            violations.Add(new Violation("value", $"The value of {BlockSubjects.NameOf(subject)} {fault}."));
        }

        return value;
    }
}
