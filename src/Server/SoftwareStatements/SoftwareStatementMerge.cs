using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Merges a verified software statement into its request. Pure; the result is validated like any request.</summary>
internal static class SoftwareStatementMerge
{
    /// <summary>
    /// The statement takes precedence over members of the request (RFC 7591 sections 2.3 and 3.1.1). If it has a member in one language,
    /// the request cannot set that member in any language.
    /// </summary>
    public static MergedMetadata Merge(ClientMetadata asked, VerifiedSoftwareStatement statement)
    {
        var violations = new Violations();
        foreach (var violation in statement.Claims.Violations)
        {
            violations.Add(violation);
        }

        CheckTerms(asked, statement, violations);
        var stated = statement.Claims.Values;
        var values = new MemberValues.Builder(asked.Values);
        var extensions = asked.Extensions.Where(own => !statement.Claims.Members.Contains(own.Key)).Concat(stated.Extensions);
        foreach (var member in statement.Claims.Members.Select(StatedMembers.Find).OfType<MetadataMember>())
        {
            values.Set(member, stated.Values[member]);
        }

        if (statement.Terms.RedirectUris == RedirectUriPrecedence.Subset)
        {
            CheckSubset(asked.RedirectUris, stated.RedirectUris, violations);
            values.Set(CoreMembers.RedirectUris, asked.Values[CoreMembers.RedirectUris]);
        }

        values.Set(CoreMembers.SoftwareStatement, statement.Text);
        var merged = asked with
        {
            Values = values.Build(),
            Localized = Localized(asked, statement.Claims),
            Choices = Choices(asked, statement.Claims),
            Extensions = extensions.ToDictionary(StringComparer.Ordinal),
        };
        return new MergedMetadata(merged, violations.Found);
    }

    private static void CheckTerms(ClientMetadata asked, VerifiedSoftwareStatement statement, Violations violations)
    {
        foreach (var name in statement.Terms.RequiredMembers.Where(name => !asked.Shows(name)))
        {
            violations.Add(name, $"{name} is missing; the issuer of software_statement requires it in the request too.");
        }

        foreach (var name in statement.Terms.RefusedMembers.Where(asked.States))
        {
            var member = MetadataMembers.Find(name)!;
            if (!statement.Claims.Members.Contains(name))
            {
                violations.Add(name, $"{name} must not be in the request, because software_statement does not have it; leave it out.");
            }
            else if (!StatedMembers.AreSame(asked.Values[member], statement.Claims.Values.Values[member]))
            {
                violations.Add(name, $"{name} differs from software_statement; leave it out, or repeat that value.");
            }
        }
    }

    /// <summary>Compared as text, like the redirect URI of an authorization request (RFC 9700 section 2.1).</summary>
    private static void CheckSubset(IReadOnlyList<RedirectUri> asked, IReadOnlyList<RedirectUri> stated, Violations violations)
    {
        if (asked.Count == 0)
        {
            violations.Add(
                CoreMembers.RedirectUris,
                "redirect_uris is missing; the request must choose from the redirect_uris of software_statement.");
        }

        foreach (var uri in asked.Except(stated))
        {
            violations.Add(
                CoreMembers.RedirectUris,
                $"redirect_uris has {Excerpt.Of(uri.Text)}, which is not among the redirect_uris of software_statement.");
        }
    }

    /// <summary>A value in the statement leaves nothing to choose, so choices of the request for it are dropped.</summary>
    private static Dictionary<MetadataMember, IReadOnlyList<string>> Choices(ClientMetadata asked, ClaimedMetadata claims) => new(
        asked.Choices
            .Where(list => !claims.Members.Contains(list.Key.Name) && !claims.Members.Contains(list.Key.Choices!))
            .Concat(claims.Values.Choices));

    private static Dictionary<string, string> Localized(ClientMetadata asked, ClaimedMetadata claims) => new(
        asked.Localized
            .Where(text => !(MetadataMembers.FindTranslated(text.Key) is { } translated && claims.Members.Contains(translated)))
            .Concat(claims.Values.Localized),
        StringComparer.Ordinal);
}

/// <summary>A request merged with its software statement.</summary>
/// <param name="Merged">The merged metadata.</param>
/// <param name="Violations">The violations of the statement and of the request in relation to it. Empty if there are none.</param>
internal sealed record MergedMetadata(ClientMetadata Merged, IReadOnlyList<Violation> Violations);
