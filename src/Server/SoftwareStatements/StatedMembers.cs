using System.Collections.Frozen;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// What a software statement may state: the members of the table and the deployment's own. No metadata are the claims of RFC 7519 section
/// 4.1, what the service issues (RFC 7591 section 3.2.1), and a statement within the statement.
/// </summary>
internal static class StatedMembers
{
    private static readonly FrozenSet<string> JwtClaims =
        new[] { "iss", "sub", "aud", "exp", "nbf", "iat", "jti" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The member that specifications define; <see langword="null"/> for any other name.</summary>
    public static MetadataMember? Find(string name) =>
        MetadataMembers.Find(name) is { } member && member != CoreMembers.SoftwareStatement ? member : null;

    /// <summary>Whether a claim of this name is one of the deployment's own members.</summary>
    public static bool IsOwn(string name, AllowedValues own) => own.Contains(name) && !JwtClaims.Contains(name);

    /// <summary>Whether both say the same. The order of a list has no meaning to this question.</summary>
    public static bool AreSame(object? one, object? other) => one is string[] texts && other is string[] others
        ? texts.ToHashSet().SetEquals(others)
        : MemberJson.AreSame(one, other);
}
