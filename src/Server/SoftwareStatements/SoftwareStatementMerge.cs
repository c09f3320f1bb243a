using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Lays a verified software statement over the request it came with. Pure; the result is validated like any request.</summary>
internal static class SoftwareStatementMerge
{
    /// <summary>
    /// What the statement says takes precedence over plain members of the same name (RFC 7591 sections 2.3 and 3.1.1). A member that it
    /// says in one language is its own in all, so that no translation can say something else.
    /// </summary>
    public static MergedMetadata Merge(ClientMetadata asked, VerifiedSoftwareStatement statement)
    {
        var violations = new Violations();
        foreach (var violation in statement.Claims.Violations)
        {
            violations.Add(violation.Member, violation.Description);
        }

        CheckTerms(asked, statement, violations);
        var merged = asked with { Localized = Localized(asked, statement.Claims), SoftwareStatement = statement.Text };
        foreach (var name in statement.Claims.Members)
        {
            merged = StatedMembers.Of(name).Copy(statement.Claims.Values, merged);
        }

        if (statement.Terms.RedirectUris == RedirectUriPrecedence.Subset)
        {
            CheckSubset(asked.RedirectUris, statement.Claims.Values.RedirectUris, violations);
            merged = merged with { RedirectUris = asked.RedirectUris };
        }

        return new MergedMetadata(merged, violations.Found);
    }

    private static void CheckTerms(ClientMetadata asked, VerifiedSoftwareStatement statement, Violations violations)
    {
        foreach (var member in statement.Terms.RequiredMembers.Select(name => StatedMembers.All[name]).Where(member => !member.IsIn(asked)))
        {
            violations.Add(member.Name, $"{member.Name} is missing; the issuer of software_statement wants it in the request too.");
        }

        foreach (var member in statement.Terms.RefusedMembers.Select(name => StatedMembers.All[name]).Where(member => member.IsIn(asked)))
        {
            if (!statement.Claims.Members.Contains(member.Name))
            {
                violations.Add(member.Name, $"{member.Name} may not be chosen beside this software_statement; leave it out.");
            }
            else if (!member.IsSame(asked, statement.Claims.Values))
            {
                violations.Add(member.Name, $"{member.Name} is not what software_statement says; leave it out, or repeat that.");
            }
        }
    }

    /// <summary>Compared as text, as authorization requests are (RFC 9700 section 2.1).</summary>
    private static void CheckSubset(IReadOnlyList<string> asked, IReadOnlyList<string> stated, Violations violations)
    {
        if (asked.Count == 0)
        {
            violations.Add(
                MemberNames.RedirectUris, "redirect_uris is missing; the request must choose from the redirect_uris of software_statement.");
        }

        foreach (var uri in asked.Except(stated, StringComparer.Ordinal))
        {
            violations.Add(
                MemberNames.RedirectUris,
                $"redirect_uris has {Excerpt.Of(uri)}, which is not among the redirect_uris of software_statement.");
        }
    }

    private static Dictionary<string, string> Localized(ClientMetadata asked, ClaimedMetadata claims) => new(
        asked.Localized
            .Where(text => !(LocalizedRules.Translated(text.Key) is { } translated && claims.Members.Contains(translated)))
            .Concat(claims.Values.Localized),
        StringComparer.Ordinal);
}

/// <summary>A request with its software statement laid over it.</summary>
/// <param name="Merged">What is asked for by both together.</param>
/// <param name="Violations">What the statement, or the request beside it, says wrongly. Empty when nothing is.</param>
internal sealed record MergedMetadata(ClientMetadata Merged, IReadOnlyList<Violation> Violations);
