using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation;

/// <summary>One member that differs between two documents; values are JSON text.</summary>
/// <param name="Member">Its name in the JSON document.</param>
/// <param name="Before"><see langword="null"/> if it was absent.</param>
/// <param name="After"><see langword="null"/> if it was removed.</param>
internal sealed record MemberDifference(string Member, string? Before, string? After)
{
    /// <summary>The members that differ, removed ones first.</summary>
    public static IReadOnlyList<MemberDifference> Between(ClientMetadata before, ClientMetadata after)
    {
        var old = before.Named().ToDictionary(StringComparer.Ordinal);
        var now = after.Named().ToList();
        var gone = old.Keys.Except(now.Select(member => member.Key), StringComparer.Ordinal);
        return
        [
            .. gone.Select(name => new MemberDifference(name, MemberJson.ToJson(old[name]), After: null)),
            .. now.Where(member => !MemberJson.AreSame(old.GetValueOrDefault(member.Key), member.Value))
                .Select(member => new MemberDifference(member.Key, JsonOf(old.GetValueOrDefault(member.Key)), JsonOf(member.Value))),
        ];
    }

    private static string? JsonOf(object? value) => value is null ? null : MemberJson.ToJson(value);
}
