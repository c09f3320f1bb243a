using System.Collections.Frozen;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// The members that a software statement may contain: those of the table and those that the deployment names. The claims of RFC 7519
/// section 4.1, the members that the service issues (RFC 7591 section 3.2.1), and a statement inside the statement are not metadata.
/// </summary>
internal static class StatedMembers
{
    private static readonly FrozenSet<string> JwtClaims =
        new[] { "iss", "sub", "aud", "exp", "nbf", "iat", "jti" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The member of the table; <see langword="null"/> for any other name.</summary>
    public static MetadataMember? Find(string name) =>
        MetadataMembers.Find(name) is { } member && member != CoreMembers.SoftwareStatement ? member : null;

    /// <summary>Whether a claim is a member that the deployment names.</summary>
    public static bool IsOwn(string name, AllowedValues own) => own.Contains(name) && !JwtClaims.Contains(name);

    /// <summary>Whether both are equal, ignoring the order of lists.</summary>
    public static bool AreSame(object? one, object? other) => one is string[] texts && other is string[] others
        ? texts.ToHashSet().SetEquals(others)
        : MemberJson.AreSame(one, other);
}
