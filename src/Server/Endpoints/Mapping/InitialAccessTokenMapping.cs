using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Model;
using InitialAccessToken = GrpcDcr.Admin.V1.InitialAccessToken;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps initial access tokens and requests for them between messages and model.</summary>
internal static class InitialAccessTokenMapping
{
    public static InitialAccessToken ToMessage(this Model.InitialAccessToken model, DateTimeOffset now)
    {
        var message = new InitialAccessToken
        {
            InitialAccessTokenId = model.Id.ToString(),
            IssueTime = Timestamp.FromDateTimeOffset(model.IssuedAt),
            ExpireTime = TimeOf(model.ExpiresAt),
            Uses = model.Uses,
            LastUseTime = TimeOf(model.LastUsedAt),
            RevokeTime = TimeOf(model.RevokedAt),
            Constraints = model.Constraints.ToMessage(),
            Usable = model.IsUsable(now),
            IssuedBy = model.IssuedBy?.ToMessage(),
        };
        if (model.Label is { } label)
        {
            message.Label = label;
        }

        if (model.MaxUses is { } most)
        {
            message.MaxUses = most;
        }

        return message;
    }

    public static InitialAccessTokenRequest ToModel(this IssueInitialAccessTokenRequest message) => new(
        NullIfEmpty(message.Label),
        message.Ttl is { } ttl ? TimeSpan.FromSeconds(Math.Clamp(ttl.Seconds, -1, int.MaxValue)) : null,
        message.ExpireTime.ToTime(),
        message.HasMaxUses ? message.MaxUses : null,
        message.Constraints is { } constraints ? ToModel(constraints) : new RegistrationConstraints());

    public static V1.RegistrationConstraints ToMessage(this RegistrationConstraints model)
    {
        var message = new V1.RegistrationConstraints
        {
            Scopes = { model.Scopes ?? [] },
            GrantTypes = { model.GrantTypes ?? [] },
            RedirectHosts = { model.RedirectHosts ?? [] },
            AutomaticApproval = model.AutomaticApproval,
        };
        if (model.SoftwareId is { } software)
        {
            message.SoftwareId = software;
        }

        if (model.Owner is { } owner)
        {
            message.Owner = owner;
        }

        return message;
    }

    private static RegistrationConstraints ToModel(V1.RegistrationConstraints message) => new()
    {
        Scopes = message.Scopes.Count == 0 ? null : [.. message.Scopes],
        GrantTypes = message.GrantTypes.Count == 0 ? null : [.. message.GrantTypes.Select(GrantTypes.Canonical)],
        RedirectHosts = message.RedirectHosts.Count == 0 ? null : [.. message.RedirectHosts],
        SoftwareId = NullIfEmpty(message.SoftwareId),
        AutomaticApproval = message.AutomaticApproval,
        Owner = NullIfEmpty(message.Owner),
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static Timestamp? TimeOf(DateTimeOffset? time) => time is { } known ? Timestamp.FromDateTimeOffset(known) : null;
}
