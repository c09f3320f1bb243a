using System.Globalization;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Html;

namespace GrpcDcr.Server.Endpoints.Console.Tokens;

/// <summary>Whether an initial access token admits registrations, for people.</summary>
internal static class TokenState
{
    public static IHtmlContent Of(InitialAccessToken token, DateTimeOffset now) =>
        token.RevokedAt is not null ? StateBadge.Bad("revoked")
        : token.ExpiresAt <= now ? StateBadge.Quiet("expired")
        : token.MaxUses <= token.Uses ? StateBadge.Quiet("used up")
        : StateBadge.Good("usable");

    public static string UsesOf(InitialAccessToken token) => token.MaxUses is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{token.Uses} of {most}")
        : string.Create(CultureInfo.InvariantCulture, $"{token.Uses}, any number");
}
