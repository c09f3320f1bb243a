using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Whether an update widens what an approved client may do, and what may be in force until that is approved: what a client gives up ends
/// at once, what it adds waits.
/// </summary>
/// <param name="Members">The members that widen; empty when none does.</param>
/// <param name="InForce">The new document, with those members cut back to what was approved.</param>
internal sealed record Widening(IReadOnlyList<string> Members, ClientMetadata InForce)
{
    public static Widening Of(ClientMetadata approved, ClientMetadata next)
    {
        var members = new List<string>();
        var targets = approved.RedirectUris.Select(RedirectTarget.Of).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var inForce = next with
        {
            RedirectUris = Cut(MemberNames.RedirectUris, next.RedirectUris, uri => targets.Contains(RedirectTarget.Of(uri))),
            GrantTypes = Cut(MemberNames.GrantTypes, next.GrantTypes, approved.GrantTypes.Contains),
            ResponseTypes = Cut(MemberNames.ResponseTypes, next.ResponseTypes, approved.ResponseTypes.Contains),
            Scope = CutScope(approved.Scope, next.Scope),
            TokenEndpointAuthMethod = IsWeaker(approved, next)
                ? Keep(MemberNames.TokenEndpointAuthMethod, approved.TokenEndpointAuthMethod)
                : next.TokenEndpointAuthMethod,
            ClientName = approved.ClientName == next.ClientName ? next.ClientName : Keep(MemberNames.ClientName, approved.ClientName),
            LogoUri = approved.LogoUri == next.LogoUri ? next.LogoUri : Keep(MemberNames.LogoUri, approved.LogoUri),
            Localized = HasSameTexts(approved.Localized, next.Localized) ? next.Localized : KeepTexts(approved.Localized),
            Extensions = WideningExtensions.Cut(approved, next, members),
        };
        return new Widening(members, inForce);

        IReadOnlyList<string> Cut(string member, IReadOnlyList<string> values, Func<string, bool> isApproved)
        {
            var kept = values.Where(isApproved).ToList();
            if (kept.Count < values.Count)
            {
                members.Add(member);
            }

            return kept;
        }

        string? CutScope(string? before, string? after)
        {
            var known = (before ?? "").Split(' ');
            var kept = Cut(MemberNames.Scope, (after ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), known.Contains);
            return kept.Count == 0 ? null : string.Join(' ', kept);
        }

        string? Keep(string member, string? value)
        {
            members.Add(member);
            return value;
        }

        IReadOnlyDictionary<string, string> KeepTexts(IReadOnlyDictionary<string, string> texts)
        {
            Keep(MemberNames.ClientName, null);
            return texts;
        }
    }

    /// <summary>A client that proved itself need not do so any more.</summary>
    private static bool IsWeaker(ClientMetadata approved, ClientMetadata next) =>
        next.TokenEndpointAuthMethod == AuthMethods.None && approved.TokenEndpointAuthMethod != AuthMethods.None;

    private static bool HasSameTexts(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(text => other.TryGetValue(text.Key, out var value) && value == text.Value);
}

/// <summary>Where a redirect URI leads, whatever its path: what an administrator approves.</summary>
internal static class RedirectTarget
{
    /// <summary>The host of an https URI, <c>localhost</c> for all of loopback, the scheme and a colon of a private-use one; the URI
    /// itself, which is no host, where userinfo makes it unclear what the host is.</summary>
    public static string Of(string uri) => UriText.Split(uri).Authority.Contains('@') ? uri : RedirectUriKinds.Of(uri) switch
    {
        RedirectUriKind.PrivateUse => string.Concat(UriText.Split(uri).Scheme, ":"),
        RedirectUriKind.Https => UriText.Split(uri).Host.ToString(),
        RedirectUriKind.HttpLoopback => "localhost",
        RedirectUriKind.HttpsLoopback => UriText.Split(uri).Host.ToString(),
        _ => uri,
    };
}
