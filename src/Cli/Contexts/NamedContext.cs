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

    public override string ToString() => $"{Address} ({(Token is null ? "no token" : "with a token")})";
}
