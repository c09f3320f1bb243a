using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Audit;

/// <summary>The members in an audit event, limited in length.</summary>
internal sealed class AuditedMembersBuilder
{
    /// <summary>The maximum length of a value, in characters.</summary>
    private const int MaxValueLength = 2_000;

    /// <summary>The maximum length of all members, in characters. Members beyond it are only counted.</summary>
    private const int MaxTotalLength = 16_000;

    /// <summary>Most documents have about ten members.</summary>
    private readonly List<AuditedMember> _members = new(12);

    private int _length;
    private int _omitted;

    private AuditedMembersBuilder()
    {
    }

    /// <summary>All members of a document.</summary>
    public static AuditedMembers Of(ClientMetadata metadata)
    {
        var builder = new AuditedMembersBuilder();
        foreach (var (member, value) in metadata.Values)
        {
            if (member.IsAudited)
            {
                builder.Add(member, before: null, MemberJson.ToJson(value));
            }
        }

        foreach (var (name, value) in metadata.OutsideOfTable())
        {
            builder.Add(name, before: null, MemberJson.ToJson(value));
        }

        return builder.Build();
    }

    /// <summary>The members that differ.</summary>
    public static AuditedMembers Of(ClientMetadata before, ClientMetadata after)
    {
        var builder = new AuditedMembersBuilder();
        foreach (var change in MemberDifference.Between(before, after).Where(change => IsAudited(change.Member)))
        {
            builder.Add(change.Member, change.Before, change.After);
        }

        return builder.Build();
    }

    /// <summary>The annotations that differ.</summary>
    public static AuditedMembers OfAnnotations(RegisteredClient before, RegisteredClient after)
    {
        var builder = new AuditedMembersBuilder();
        foreach (var key in before.Annotations.Keys.Union(after.Annotations.Keys).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.Annotations.GetValueOrDefault(key), after.Annotations.GetValueOrDefault(key));
            if (old != now)
            {
                builder.Add($"annotations.{key}", JsonOf(old), JsonOf(now));
            }
        }

        return builder.Build();
    }

    private static string? JsonOf(string? text) => text is null ? null : MemberJson.ToJson(text);

    private AuditedMembers Build() => new(_members, _omitted);

    private void Add(string name, string? before, string? after)
    {
        var (keptBefore, keptAfter) = (Cut(before), Cut(after));
        var length = name.Length + (keptBefore?.Length ?? 0) + (keptAfter?.Length ?? 0);
        if (_length + length > MaxTotalLength)
        {
            _omitted++;
            return;
        }

        _length += length;
        _members.Add(new AuditedMember(name, keptBefore, keptAfter, keptBefore != before || keptAfter != after));
    }

    private static string? Cut(string? value) => value?.Length > MaxValueLength ? value[..MaxValueLength] : value;

    private static bool IsAudited(string name) => MetadataMembers.Find(name) is not { IsAudited: false };
}
