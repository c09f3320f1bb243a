using System.Collections.Frozen;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Claims whose name differs from that of their member, see <see cref="SoftwareStatementIssuerOptions.ClaimNames"/>.</summary>
internal sealed class ClaimNames
{
    private readonly FrozenDictionary<string, string> _members;

    private ClaimNames(IEnumerable<(string Member, string Claim)> pairs) =>
        _members = pairs.ToFrozenDictionary(pair => pair.Claim, pair => pair.Member, StringComparer.Ordinal);

    public static ClaimNames Read(string list) => new(WordList.Words(list).Select(Pair));

    /// <summary>The two sides of <c>member=claim</c>; the claim is empty if there is no equals sign.</summary>
    public static (string Member, string Claim) Pair(string entry) =>
        entry.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (entry[..at], entry[(at + 1)..]) : (entry, "");

    /// <summary>The member of a claim.</summary>
    public string MemberOf(string claim) => _members.GetValueOrDefault(claim, claim);

    /// <summary>Whether the claim has another name than its member.</summary>
    public bool IsRenamed(string claim) => _members.ContainsKey(claim);
}
