namespace GrpcDcr.Client;

/// <summary>
/// The options for administrators: a token with the role <c>admin</c>, <c>approver</c> or <c>viewer</c>. The deadline is 10 s by default.
/// </summary>
public sealed class GrpcDcrAdministrationOptions() : GrpcDcrRoleOptions(TimeSpan.FromSeconds(10))
{
    private static readonly TimeSpan LongestBackUp = TimeSpan.FromDays(1);

    /// <summary>The deadline of a backup, which copies the whole store. More than zero, at most 1 day. Default 10 minutes.</summary>
    public TimeSpan BackUpDeadline { get; set; } = TimeSpan.FromMinutes(10);

    internal override IEnumerable<string> OwnFaults()
    {
        if (BackUpDeadline <= TimeSpan.Zero || BackUpDeadline > LongestBackUp)
        {
            yield return $"{nameof(BackUpDeadline)} is {BackUpDeadline}; allowed is more than zero, at most {LongestBackUp}.";
        }
    }
}
