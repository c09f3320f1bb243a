using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation;

/// <summary>What of the members of other specifications widens an approved client: further places to send users to, further rights, less protection.</summary>
internal static class WideningExtensions
{
    /// <summary>Lists of places: a new path at an approved host is no new place.</summary>
    private static readonly string[] Places =
        [ExtensionMembers.PostLogoutRedirectUris, ExtensionMembers.ClaimsRedirectUris, ExtensionMembers.RequestUris];

    /// <summary>Protection that a client gave itself and cannot shed alone.</summary>
    private static readonly string[] Protection =
    [
        ExtensionMembers.DpopBoundAccessTokens, ExtensionMembers.TlsClientCertificateBoundAccessTokens,
        ExtensionMembers.RequirePushedAuthorizationRequests, ExtensionMembers.RequireSignedRequestObject,
    ];

    /// <summary>The members of the new document, cut back to what was approved.</summary>
    /// <param name="approved">The approved version.</param>
    /// <param name="next">The new document.</param>
    /// <param name="members">Gets the names of those that widen.</param>
    public static IReadOnlyDictionary<string, JsonElement> Cut(ClientMetadata approved, ClientMetadata next, List<string> members)
    {
        if (approved.Extensions.Count == 0 && next.Extensions.Count == 0)
        {
            return next.Extensions;
        }

        var inForce = new Dictionary<string, JsonElement>(next.Extensions, StringComparer.Ordinal);
        foreach (var member in Places)
        {
            var places = approved.Texts(member).Select(RedirectTarget.Of).ToHashSet(StringComparer.OrdinalIgnoreCase);
            CutList(member, next.Texts(member), uri => places.Contains(RedirectTarget.Of(uri)), inForce, members);
        }

        CutList(
            ExtensionMembers.AuthorizationDetailsTypes,
            next.Texts(ExtensionMembers.AuthorizationDetailsTypes),
            approved.Texts(ExtensionMembers.AuthorizationDetailsTypes).Contains,
            inForce,
            members);
        foreach (var member in Protection.Where(member => approved.Flag(member) && !next.Flag(member)))
        {
            members.Add(member);
            inForce[member] = approved.Extensions[member];
        }

        return inForce;
    }

    private static void CutList(
        string member, IReadOnlyList<string> values, Func<string, bool> isApproved, Dictionary<string, JsonElement> inForce, List<string> members)
    {
        var kept = values.Where(isApproved).ToArray();
        if (kept.Length == values.Count)
        {
            return;
        }

        members.Add(member);
        inForce.Remove(member);
        if (kept.Length > 0)
        {
            inForce[member] = JsonSerializer.SerializeToElement(kept);
        }
    }
}
