using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>Client initiated backchannel authentication, CIBA Core section 4: the members that a client with its grant must have.</summary>
internal static class BackchannelRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (!registered.GrantTypes.Contains(GrantTypes.Ciba) || !policy.Capabilities.Support(BackchannelTokenDeliveryMode))
        {
            return;
        }

        var modes = policy.Capabilities.Of(BackchannelTokenDeliveryMode);
        var mode = registered.Text(BackchannelTokenDeliveryMode);
        if (mode is null)
        {
            violations.Add(
                BackchannelTokenDeliveryMode,
                $"{BackchannelTokenDeliveryMode} is missing; the grant type {GrantTypes.Ciba} needs one of: {modes} "
                + "(CIBA Core section 4).");
        }
        else if (!modes.Contains(mode))
        {
            violations.Add(
                BackchannelTokenDeliveryMode,
                $"{BackchannelTokenDeliveryMode} has the unsupported value {Excerpt.Of(mode)}. Supported: {modes}.");
        }

        CheckEndpoint(registered.Text(BackchannelClientNotificationEndpoint), mode, policy, violations);
    }

    private static void CheckEndpoint(string? endpoint, string? mode, RegistrationPolicy policy, Violations violations)
    {
        if (endpoint is null && mode is DeliveryModes.Ping or DeliveryModes.Push)
        {
            violations.Add(
                BackchannelClientNotificationEndpoint,
                $"{BackchannelClientNotificationEndpoint} is missing; the delivery mode {mode} needs it (CIBA Core section 4).");
        }
        else if (endpoint is not null && HttpsUri.Fault(endpoint, policy.Limits.UriLength) is { } fault)
        {
            violations.Add(BackchannelClientNotificationEndpoint, $"{BackchannelClientNotificationEndpoint} {fault}.");
        }
    }
}
