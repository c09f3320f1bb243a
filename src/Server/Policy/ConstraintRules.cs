using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Hosts;

namespace GrpcDcr.Server.Policy;

/// <summary>Two constraints at once: a token and a software statement are validated together (RFC 7591 section 5).</summary>
internal static class ConstraintRules
{
    /// <summary>What both leave. A client is approved at once when either says so, for each was given by somebody who may.</summary>
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
