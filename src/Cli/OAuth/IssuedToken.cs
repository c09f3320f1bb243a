using System.Globalization;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.OAuth;

/// <summary>An access token, and how to renew it.</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="Login">Where it is from.</param>
internal sealed record IssuedToken(string AccessToken, IssuedLogin Login)
{
    /// <summary>Reads the answer of a token endpoint (RFC 6749 section 5.1).</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="login">What was asked for.</param>
    /// <param name="now">When it came.</param>
    /// <returns>Null if it has no token.</returns>
    /// <exception cref="CommandFault">The token is none that a service takes in this way.</exception>
    public static IssuedToken? Read(int status, string body, IssuedLogin login, DateTimeOffset now)
    {
        var answer = status == 200 ? JsonText.ParseObject(body) : null;
        if (JsonText.At(answer, "access_token") is not { Length: > 0 } token)
        {
            return null;
        }

        var type = JsonText.At(answer, "token_type");
        if (!type.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw CommandFault.Failed($"{login.Authority} issued a token of the type '{type}'; only Bearer is understood.");
        }

        var refresh = JsonText.At(answer, "refresh_token");
        return new(token, login with
        {
            // A server that issues no new refresh token leaves the old one in use (RFC 6749 section 6).
            RefreshToken = refresh.Length > 0 ? refresh : login.RefreshToken,
            ExpireTime = int.TryParse(JsonText.At(answer, "expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? now.AddSeconds(seconds)
                : null,
        });
    }

    public override string ToString() => $"a token of {Login}";
}
