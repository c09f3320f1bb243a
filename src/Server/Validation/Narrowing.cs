using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// The one rule for lists of values that the authorization server supports or does not (RFC 7591 section 2): unsupported values beside
/// supported ones are left out, and the response shows that. A list without a supported value is kept, so that the rules refuse it by name,
/// and so are malformed values and lists that are too long.
/// </summary>
internal static class Narrowing
{
    /// <summary>The lists without a default of their own, which nothing else depends on.</summary>
    private static readonly MetadataMember[] Independent =
        [.. MetadataMembers.All.Where(member => member.Unsupported == Unsupported.Narrow && member.Default == MemberDefault.None)];

    /// <summary><c>grant_types</c>, by their full names, each once.</summary>
    internal static IReadOnlyList<string> Grants(IReadOnlyList<string> asked, RegistrationPolicy policy) =>
        asked.Count > policy.Limits.ListLength ? asked
        : Supported(EachOnce(asked, GrantTypes.Canonical), policy.GrantTypes) ?? asked;

    /// <summary>
    /// <c>response_types</c>, each once. Those whose grant was left out go too; those whose grant was never asked for are refused by the
    /// rules (RFC 7591 section 2.1).
    /// </summary>
    /// <param name="asked">The requested response types.</param>
    /// <param name="askedGrants">The requested grants.</param>
    /// <param name="grants">The grants that remained.</param>
    /// <param name="policy">What is supported.</param>
    internal static IReadOnlyList<string> ResponseTypes(
        IReadOnlyList<string> asked, IReadOnlyList<string> askedGrants, IReadOnlyList<string> grants, RegistrationPolicy policy)
    {
        if (asked.Count > policy.Limits.ListLength)
        {
            return asked;
        }

        var types = EachOnce(asked, Model.ResponseTypes.Canonical);
        var supported = Supported(types, policy.ResponseTypes) ?? types;
        return grants.Count == askedGrants.Count ? supported : Usable(supported, askedGrants, grants);
    }

    private static IReadOnlyList<string> Usable(
        IReadOnlyList<string> types, IReadOnlyList<string> askedGrants, IReadOnlyList<string> grants)
    {
        var leftOut = EachOnce(askedGrants, GrantTypes.Canonical).FindAll(grant => !grants.Contains(grant));
        var usable = types.Where(type => !Model.ResponseTypes.GrantsFor(type).Any(leftOut.Contains)).ToArray();
        return usable.Length > 0 ? usable : types;
    }

    /// <summary><c>scope</c>: its values once, separated by single spaces; <see langword="null"/> if there is none.</summary>
    internal static string? Scope(string? asked, RegistrationPolicy policy)
    {
        if (asked is null || asked.Length > policy.Limits.ScopeLength)
        {
            return asked;
        }

        var values = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToArray();
        return values.Length == 0 ? null
            : string.Join(' ', policy.RefuseUnsupportedScopes ? values : Supported(values, policy.Scopes) ?? values);
    }

    /// <summary>The other lists of the member table.</summary>
    internal static void Others(MemberValues.Builder values, RegistrationPolicy policy)
    {
        foreach (var member in Independent)
        {
            if (values[member] is string[] asked && asked.Length <= policy.Limits.ListLength)
            {
                values.Set(member, Supported(asked, policy.Capabilities.Of(member)) ?? asked);
            }
        }
    }

    /// <summary>The supported values, and the malformed ones; <see langword="null"/> if none is supported.</summary>
    private static IReadOnlyList<string>? Supported(IReadOnlyList<string> asked, AllowedValues supported) =>
        supported.ContainsAll(asked) ? asked
        : asked.Any(supported.Contains) ? [.. asked.Where(value => supported.Contains(value) || !IsWellFormed(value))]
        : null;

    /// <summary>The values by their full names. The list is short: a set would cost more than looking it through.</summary>
    private static List<string> EachOnce(IReadOnlyList<string> asked, Func<string, string> canonical)
    {
        var values = new List<string>(asked.Count);
        foreach (var value in asked)
        {
            if (canonical(value) is var name && !values.Contains(name))
            {
                values.Add(name);
            }
        }

        return values;
    }

    /// <summary>Whether a value is made of words that are separated by single spaces.</summary>
    private static bool IsWellFormed(string value) => Array.TrueForAll(value.Split(' '), word => ScopeSyntax.IsScopeToken(word));
}
