using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Model;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Initial access tokens, and what administrators ask of them, between the wire and the model.</summary>
internal static class TokenMapping
{
    public static V1.InitialAccessToken ToMessage(this Model.InitialAccessToken model, DateTimeOffset now)
    {
        var wire = new V1.InitialAccessToken
        {
            InitialAccessTokenId = model.Id.ToString(),
            IssueTime = Timestamp.FromDateTimeOffset(model.IssuedAt),
            ExpireTime = TimeOf(model.ExpiresAt),
            Uses = model.Uses,
            LastUseTime = TimeOf(model.LastUsedAt),
            RevokeTime = TimeOf(model.RevokedAt),
            Ceiling = ToMessage(model.Constraints),
            Usable = model.IsUsable(now),
        };
        if (model.Label is { } label)
        {
            wire.Label = label;
        }

        if (model.MaxUses is { } most)
        {
            wire.MaxUses = most;
        }

        return wire;
    }

    public static InitialAccessTokenRequest ToModel(this IssueInitialAccessTokenRequest wire) => new(
        NullIfEmpty(wire.Label),
        wire.LifetimeSeconds == 0 ? null : TimeSpan.FromSeconds(Math.Clamp(wire.LifetimeSeconds, -1, int.MaxValue)),
        wire.MaxUses == 0 ? null : wire.MaxUses,
        wire.Ceiling is { } constraints ? ToModel(constraints) : new RegistrationConstraints(),
        NullIfEmpty(wire.Reason),
        wire.ValidateOnly);

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static RegistrationConstraints ToModel(V1.Ceiling wire) => new()
    {
        Scopes = wire.Scopes.Count == 0 ? null : [.. wire.Scopes],
        GrantTypes = wire.GrantTypes.Count == 0 ? null : [.. wire.GrantTypes.Select(Model.GrantTypes.Canonical)],
        RedirectHosts = wire.RedirectHosts.Count == 0 ? null : [.. wire.RedirectHosts],
        SoftwareId = NullIfEmpty(wire.SoftwareId),
        AutomaticApproval = wire.AutomaticApproval,
        Owner = NullIfEmpty(wire.Owner),
    };

    private static V1.Ceiling ToMessage(RegistrationConstraints model) => new()
    {
        Scopes = { model.Scopes ?? [] },
        GrantTypes = { model.GrantTypes ?? [] },
        RedirectHosts = { model.RedirectHosts ?? [] },
        SoftwareId = model.SoftwareId ?? "",
        AutomaticApproval = model.AutomaticApproval,
        Owner = model.Owner ?? "",
    };

    private static Timestamp? TimeOf(DateTimeOffset? time) => time is { } known ? Timestamp.FromDateTimeOffset(known) : null;
}
