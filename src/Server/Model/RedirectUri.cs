using System.Diagnostics;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Model;

/// <summary>The kinds of redirect URI, RFC 7591 section 5 and RFC 8252 section 7.</summary>
internal enum RedirectUriKind
{
    /// <summary>Cannot be registered.</summary>
    Unusable,

    /// <summary>https on another host, including URIs that an app claims (RFC 8252 section 7.2).</summary>
    Https,

    /// <summary>https on loopback.</summary>
    HttpsLoopback,

    /// <summary>http on loopback (RFC 8252 section 7.3).</summary>
    HttpLoopback,

    /// <summary>A private-use scheme (RFC 8252 section 7.1).</summary>
    PrivateUse,
}

/// <summary>
/// A redirect URI: its text, byte for byte, and its parts, parsed once. Two are equal if their texts are equal (RFC 6749 section 3.1.2.3).
/// It can have any text; the rules decide whether it may be registered.
/// </summary>
internal sealed class RedirectUri : IEquatable<RedirectUri>
{
    private readonly UriParts _parts;
    private string? _target;
    private string? _origin;

    public RedirectUri(string text)
    {
        Text = text;
        _parts = UriParts.Of(text);
        Kind = KindOf(Parts);
    }

    /// <summary>The words of <c>Registration:RedirectUriKinds</c>.</summary>
    public static IReadOnlyList<string> KindNames { get; } = ["https", "loopback", "private-use"];

    public string Text { get; }

    public RedirectUriKind Kind { get; }

    public UriText Parts => new(Text, _parts);

    public ReadOnlySpan<char> Scheme => Parts.Scheme;

    /// <inheritdoc cref="UriText.Host"/>
    public ReadOnlySpan<char> Host => Parts.Host;

    /// <summary>Includes the colon; empty if there is none.</summary>
    public ReadOnlySpan<char> Port => Parts.AfterHost;

    /// <summary>
    /// Its target, which policy allows or denies: the host of an https URI, <c>localhost</c> for http on loopback, the scheme and a colon
    /// for a private-use scheme. The whole URI if userinfo makes the host unclear, or if it cannot be registered.
    /// </summary>
    public string Target => _target ??= TargetOf();

    /// <summary>
    /// Where the response goes, without the path, which is what an administrator approves: scheme, host and port of an https URI;
    /// <c>http://localhost</c> for http on loopback, whose port is chosen at run time (RFC 8252 section 7.3); the scheme of a private-use
    /// URI, with its authority if it has one. The whole URI where <see cref="Target"/> is. Scheme and authority are in lower case.
    /// </summary>
    public string Origin => _origin ??= OriginOf();

    /// <summary>Its origin with the path and all that follows, byte for byte.</summary>
    public string OriginAndPath => Parts.Authority.Contains('@') || Kind == RedirectUriKind.Unusable
        ? Text
        : string.Concat(Origin, Text.AsSpan(AuthorityEnd));

    /// <summary>The word for its kind; empty if it cannot be registered.</summary>
    public string KindName => Kind switch
    {
        RedirectUriKind.Https => "https",
        RedirectUriKind.HttpsLoopback or RedirectUriKind.HttpLoopback => "loopback",
        RedirectUriKind.PrivateUse => "private-use",
        RedirectUriKind.Unusable => "",
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether only an app on the user's own device can receive the response.</summary>
    public bool IsForNativeOnly => Kind is RedirectUriKind.HttpLoopback or RedirectUriKind.PrivateUse;

    public static implicit operator RedirectUri(string text) => new(text);

    public bool Equals(RedirectUri? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as RedirectUri);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static RedirectUriKind KindOf(UriText uri)
    {
        var isLoopback = HostSyntax.IsLoopback(uri.Host) && !uri.Authority.Contains('@');
        return UriSchemes.IsHttps(uri.Scheme) ? isLoopback ? RedirectUriKind.HttpsLoopback : RedirectUriKind.Https
            : UriSchemes.IsHttp(uri.Scheme) ? isLoopback ? RedirectUriKind.HttpLoopback : RedirectUriKind.Unusable
            : UriSchemes.IsPrivateUseName(uri.Scheme) ? RedirectUriKind.PrivateUse
            : RedirectUriKind.Unusable;
    }

    private int AuthorityEnd => _parts.AuthorityEnd;

    private string OriginOf() => Parts.Authority.Contains('@') ? Text : Kind switch
    {
        RedirectUriKind.PrivateUse =>
            Lower(Parts.HasAuthority ? string.Concat(Scheme, "://", Parts.Authority) : string.Concat(Scheme, ":")),
        RedirectUriKind.Https or RedirectUriKind.HttpsLoopback =>
            Lower(string.Concat("https://", Host, Port is ":" or ":443" ? "" : Port)),
        RedirectUriKind.HttpLoopback => "http://localhost",
        RedirectUriKind.Unusable => Text,
        _ => throw new UnreachableException(),
    };

    private static string Lower(string text) => text.ToLowerInvariant();

    private string TargetOf() => Parts.Authority.Contains('@') ? Text : Kind switch
    {
        RedirectUriKind.PrivateUse => string.Concat(Scheme, ":"),
        RedirectUriKind.Https or RedirectUriKind.HttpsLoopback => Host.ToString(),
        RedirectUriKind.HttpLoopback => "localhost",
        RedirectUriKind.Unusable => Text,
        _ => throw new UnreachableException(),
    };
}
