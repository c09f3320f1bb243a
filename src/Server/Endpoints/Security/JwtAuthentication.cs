using System.Security.Claims;
using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Authenticates administrators and authorization servers by JWTs of one issuer (RFC 9068). It is asked only about tokens that are none of
/// the configured ones, which therefore work whatever happens to the issuer.
/// </summary>
internal sealed class JwtAuthentication(JwtTrust trust, JwtIssuerKeys keys)
{
    public const string Scheme = "Jwt";

    /// <summary>RFC 8725 section 3.1. With a key that is public, a symmetric algorithm would let anybody sign.</summary>
    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Who calls; <see langword="null"/> if the token is not a valid JWT for this service.</summary>
    /// <exception cref="RegistrationRefusedException">It cannot be validated, because the keys of the issuer are not available.</exception>
    public async ValueTask<ClaimsIdentity?> IdentifyAsync(HttpContext http, string token)
    {
        if (HeaderOf(token) is not { } jwt || !Array.Exists(Algorithms, algorithm => algorithm == jwt.Alg))
        {
            return null;
        }

        if (!await keys.PrepareAsync(jwt.Kid ?? "", http.RequestAborted))
        {
            throw new RegistrationRefusedException(new RegistrationFault.TokenIssuerUnavailable(JwtIssuerKeys.RetryAfter));
        }

        var result = await http.AuthenticateAsync(Scheme);
        return result.Properties?.GetParameter<JsonWebToken>(Scheme) is { } valid ? JwtClaims.IdentityOf(valid, trust.Meanings) : null;
    }

    public static void Configure(JwtBearerOptions options, JwtTrust trust, JwtIssuerKeys keys, TimeProvider time)
    {
        options.ConfigurationManager = keys;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.RefreshOnIssuerKeyNotFound = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidAudience = trust.Audience,
            ValidTypes = [.. trust.Types, .. trust.Types.Select(type => "application/" + type)],
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, keyId, parameters) =>
                parameters.IssuerSigningKeys.Where(key => string.IsNullOrEmpty(keyId) || key.KeyId == keyId),
            LifetimeValidator = LifetimeBy(time, trust.ClockSkew),
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Properties.SetParameter(Scheme, (JsonWebToken)context.SecurityToken);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>A JWT must have an expiration time.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="skew">How far the clock of the issuer may differ.</param>
    public static LifetimeValidator LifetimeBy(TimeProvider time, TimeSpan skew) => (from, until, _, _) =>
        until > time.GetUtcNow().UtcDateTime - skew && !(from > time.GetUtcNow().UtcDateTime + skew);

    /// <summary>
    /// The JWT, not validated. A header that must be understood is not (RFC 7515 section 4.1.11), and a token that is bound to a key of its
    /// owner (RFC 7800, <c>cnf</c>) is no bearer token.
    /// </summary>
    private static JsonWebToken? HeaderOf(string token)
    {
        try
        {
            var jwt = new JsonWebToken(token);
            return jwt.IsEncrypted || jwt.TryGetHeaderValue<object>("crit", out _) || jwt.TryGetPayloadValue<object>("cnf", out _)
                ? null
                : jwt;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
