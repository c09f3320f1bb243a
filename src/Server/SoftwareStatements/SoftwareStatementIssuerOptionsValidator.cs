using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// Finds wrong and contradictory settings of a trusted issuer before the service starts. Its name is the label of the issuer in the
/// configuration.
/// </summary>
internal static class SoftwareStatementIssuerOptionsValidator
{
    private const int LongestAge = 31_536_000;

    private static readonly AllowedValues KnownAlgorithms = new(SoftwareStatementAlgorithms.Supportable, StringComparer.Ordinal);
    private static readonly AllowedValues KnownGrantTypes = new(Model.GrantTypes.Supportable, StringComparer.Ordinal);

    public static IReadOnlyList<SettingProblem> Validate(string name, SoftwareStatementIssuerOptions options)
    {
        var failures = new IssuerFailures(name);
        if (string.IsNullOrWhiteSpace(options.Issuer))
        {
            failures.Add(
                nameof(options.Issuer), options.Issuer, "the iss of the issuer's statements, such as https://issuer.example");
        }

        CheckAlgorithms(options, failures);
        IssuerKeysCheck.Check(options, failures);
        CheckClaims(options, failures);
        CheckMembers(options, failures);
        CheckConstraints(options, failures);
        CheckRest(options, failures);
        return failures.Found;
    }

    /// <summary>An <c>iss</c> must not be configured twice.</summary>
    /// <param name="issuers">By their labels.</param>
    public static IEnumerable<SettingProblem> Duplicates(IReadOnlyDictionary<string, SoftwareStatementIssuerOptions> issuers) => issuers
        .GroupBy(issuer => issuer.Value.Issuer, StringComparer.Ordinal)
        .Where(same => same.Key.Length > 0)
        .SelectMany(same => same.Skip(1).Select(issuer => new SettingProblem(
            $"{SoftwareStatementIssuerOptions.Section}:{issuer.Key}:{nameof(issuer.Value.Issuer)}",
            same.Key,
            $"an issuer other than that of {SoftwareStatementIssuerOptions.Section}:{same.First().Key}")));

    private static void CheckAlgorithms(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        var algorithms = WordList.Words(options.Algorithms);
        failures.AddEach(
            nameof(options.Algorithms),
            algorithms.Where(algorithm => !KnownAlgorithms.Contains(algorithm)),
            $"{KnownAlgorithms}");
        if (algorithms.Length == 0)
        {
            failures.Add(nameof(options.Algorithms), "", $"one or more of {KnownAlgorithms}");
        }
    }

    private static void CheckClaims(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        failures.AddEach(
            nameof(options.RequiredClaims),
            WordList.Words(options.RequiredClaims).Where(claim => !ScopeSyntax.IsScopeToken(claim)),
            "names of claims: printable ASCII without double quote and backslash");

        var pairs = WordList.Words(options.ClaimNames).Select(entry => (Entry: entry, Pair: ClaimNames.Pair(entry))).ToList();
        failures.AddEach(
            nameof(options.ClaimNames),
            pairs
                .Where(pair => StatedMembers.Find(pair.Pair.Member) is null || !ScopeSyntax.IsScopeToken(pair.Pair.Claim))
                .Select(pair => pair.Entry),
            "the name of a metadata member, an equals sign and the name of a claim, such as redirect_uris=software_redirect_uris");
        failures.AddEach(
            nameof(options.ClaimNames),
            pairs.Where(pair => StatedMembers.Find(pair.Pair.Claim) is not null).Select(pair => pair.Entry),
            "claims that do not have the name of a metadata member");
        failures.AddEach(
            nameof(options.ClaimNames),
            Repeated(pairs.Select(pair => pair.Pair.Member)).Concat(Repeated(pairs.Select(pair => pair.Pair.Claim))),
            "each member and each claim once");
    }

    private static void CheckMembers(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        Check(nameof(options.RefusedMembers), options.RefusedMembers);
        Check(nameof(options.RequiredMembers), options.RequiredMembers);

        void Check(string key, string list) => failures.AddEach(
            key,
            WordList.Words(list).Where(name => StatedMembers.Find(name) is null),
            "the name of a metadata member, such as redirect_uris or jwks_uri");
    }

    private static void CheckConstraints(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        failures.AddEach(
            nameof(options.Scopes),
            WordList.Words(options.Scopes).Where(scope => !ScopeSyntax.IsScopeToken(scope)),
            "printable ASCII without space, double quote and backslash (RFC 6749 section 3.3)");
        failures.AddEach(
            nameof(options.GrantTypes),
            WordList.Words(options.GrantTypes).Where(grant => !KnownGrantTypes.Contains(GrantTypes.Canonical(grant))),
            $"{KnownGrantTypes}");
        failures.AddEach(
            nameof(options.RedirectHosts),
            WordList.Words(options.RedirectHosts).Where(host => !IsRedirectTarget(host)),
            "a host, such as app.example, all hosts below one, such as *.app.example, or a private-use scheme, such as cursor:");
    }

    private static void CheckRest(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        if (options.MaxAgeSeconds is < 0 or > LongestAge)
        {
            failures.Add(
                nameof(options.MaxAgeSeconds),
                options.MaxAgeSeconds.ToString(CultureInfo.InvariantCulture),
                $"0 to {LongestAge}; 0 means no limit");
        }

        if (!Enum.IsDefined(options.RedirectUris))
        {
            failures.Add(
                nameof(options.RedirectUris),
                options.RedirectUris.ToString(),
                $"{string.Join(", ", Enum.GetNames<RedirectUriPrecedence>())}");
        }
    }

    private static bool IsRedirectTarget(string text)
    {
        var faults = new List<string>();
        RedirectTargets.Parse([text], faults);
        return faults.Count == 0;
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key);
}
