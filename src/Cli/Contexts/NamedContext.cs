using System.Text.Json.Serialization;

namespace GrpcDcr.Cli.Contexts;

/// <summary>A service, and the token for it.</summary>
internal sealed record NamedContext
{
    /// <summary>The admin listener, such as <c>https://dcr.example:8082</c>.</summary>
    [JsonRequired]
    public string Address { get; init; } = "";

    /// <summary>Sends the token over plain http to another machine. Default false.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>The token. Null before <c>login</c> and after <c>logout</c>.</summary>
    public string? Token { get; init; }

    /// <summary>Who issued the token. Null for a token that was given to <c>login</c>.</summary>
    public IssuedLogin? Login { get; init; }

    /// <summary>After a logout. What a login needs to know stays.</summary>
    public NamedContext WithoutToken() => this with
    {
        Token = null,
        Login = Login is null ? null : Login with { RefreshToken = null, ExpireTime = null },
    };

    public override string ToString() => $"{Address} ({(Token is null ? "no token" : "with a token")})";
}

/// <summary>A login at an authorization server, which issued the token of the context.</summary>
internal sealed record IssuedLogin
{
    /// <summary>The issuer.</summary>
    [JsonRequired]
    public string Authority { get; init; } = "";

    [JsonRequired]
    public string TokenEndpoint { get; init; } = "";

    [JsonRequired]
    public string ClientId { get; init; } = "";

    /// <summary>The scope that was asked for. Null for the default of the authorization server.</summary>
    public string? Scope { get; init; }

    /// <summary>The resource (RFC 8707) that was asked for. Null for the default of the authorization server.</summary>
    public string? Resource { get; init; }

    /// <summary>Renews the token. Null if there is none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the token expires. Null if that is not known.</summary>
    public DateTimeOffset? ExpireTime { get; init; }

    public override string ToString() => $"{ClientId} at {Authority}";
}
