using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Hosts;

namespace GrpcDcr.Server.Policy;

/// <summary>Combines the constraints of a token and of a software statement (RFC 7591 section 5).</summary>
internal static class ConstraintRules
{
    /// <summary>What both allow. A client becomes active at once if either says so, because each was granted by an authority.</summary>
    public static RegistrationConstraints? Intersect(RegistrationConstraints? one, RegistrationConstraints? other) =>
        one is null ? other : other is null ? one : Both(one, other);

    private static RegistrationConstraints Both(RegistrationConstraints one, RegistrationConstraints other) => new()
    {
        Scopes = Common(one.Scopes, other.Scopes),
        GrantTypes = Common(one.GrantTypes, other.GrantTypes),
        RedirectHosts = CommonHosts(one.RedirectHosts, other.RedirectHosts),
        SoftwareId = one.SoftwareId ?? other.SoftwareId,
        AutomaticApproval = one.AutomaticApproval || other.AutomaticApproval,
        Owner = one.Owner ?? other.Owner,
    };

    private static IReadOnlyList<string>? Common(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null ? other : other is null ? one : [.. one.Intersect(other, StringComparer.Ordinal)];

    private static IReadOnlyList<string>? CommonHosts(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null ? other : other is null ? one : RedirectTargets.Parse(one, []).Within(RedirectTargets.Parse(other, []));
}
