using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// Finds wrong and contradictory settings of a trusted issuer before the service starts. Its name is the label of the issuer in the
/// configuration. Each message names the configuration key, the value and what is allowed.
/// </summary>
internal sealed class SoftwareStatementIssuerOptionsValidator : IValidateOptions<SoftwareStatementIssuerOptions>
{
    private const int LongestAge = 31_536_000;

    private static readonly AllowedValues KnownAlgorithms = new(SoftwareStatementAlgorithms.Supportable, StringComparer.Ordinal);
    private static readonly AllowedValues KnownGrantTypes = new(Model.GrantTypes.Supportable, StringComparer.Ordinal);

    public ValidateOptionsResult Validate(string? name, SoftwareStatementIssuerOptions options)
    {
        var failures = new IssuerFailures(name ?? "");
        if (string.IsNullOrWhiteSpace(options.Issuer))
        {
            failures.Add(
                nameof(options.Issuer), options.Issuer, "It must be the iss of the issuer's statements, such as https://issuer.example.");
        }

        CheckAlgorithms(options, failures);
        IssuerKeysCheck.Check(options, failures);
        CheckClaims(options, failures);
        CheckMembers(options, failures);
        CheckConstraints(options, failures);
        CheckRest(options, failures);
        return failures.Found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures.Found);
    }

    /// <summary>Each <c>iss</c> has one set of keys and rules.</summary>
    /// <param name="issuers">By their labels.</param>
    public static IEnumerable<string> Duplicates(IReadOnlyDictionary<string, SoftwareStatementIssuerOptions> issuers) => issuers
        .GroupBy(issuer => issuer.Value.Issuer, StringComparer.Ordinal)
        .Where(same => same.Key.Length > 0)
        .SelectMany(same => same.Skip(1).Select(issuer =>
            $"{SoftwareStatementIssuerOptions.Section}:{issuer.Key}:{nameof(issuer.Value.Issuer)} has the value '{same.Key}'. "
            + $"It must not be that of {SoftwareStatementIssuerOptions.Section}:{same.First().Key}."));

    private static void CheckAlgorithms(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        var algorithms = RegistrationPolicy.Words(options.Algorithms);
        failures.AddEach(
            nameof(options.Algorithms),
            algorithms.Where(algorithm => !KnownAlgorithms.Contains(algorithm)),
            $"Each value must be one of: {KnownAlgorithms}.");
        if (algorithms.Length == 0)
        {
            failures.Add(nameof(options.Algorithms), "", $"At least one is needed of: {KnownAlgorithms}.");
        }
    }

    private static void CheckClaims(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        failures.AddEach(
            nameof(options.RequiredClaims),
            RegistrationPolicy.Words(options.RequiredClaims).Where(claim => !ScopeRules.IsScopeToken(claim)),
            "The name of a claim is printable ASCII without double quote and backslash.");

        var pairs = RegistrationPolicy.Words(options.ClaimNames).Select(entry => (Entry: entry, Pair: ClaimNames.Pair(entry))).ToList();
        failures.AddEach(
            nameof(options.ClaimNames),
            pairs
                .Where(pair => StatedMembers.Find(pair.Pair.Member) is null || !ScopeRules.IsScopeToken(pair.Pair.Claim))
                .Select(pair => pair.Entry),
            "Each value is the name of a metadata member, an equals sign and the name of a claim: redirect_uris=software_redirect_uris.");
        failures.AddEach(
            nameof(options.ClaimNames),
            pairs.Where(pair => StatedMembers.Find(pair.Pair.Claim) is not null).Select(pair => pair.Entry),
            "The claim must not have the name of a metadata member, which it stands for already.");
        failures.AddEach(
            nameof(options.ClaimNames),
            Repeated(pairs.Select(pair => pair.Pair.Member)).Concat(Repeated(pairs.Select(pair => pair.Pair.Claim))),
            "Each member and each claim may stand there once.");
    }

    private static void CheckMembers(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        Check(nameof(options.RefusedMembers), options.RefusedMembers);
        Check(nameof(options.RequiredMembers), options.RequiredMembers);

        void Check(string key, string list) => failures.AddEach(
            key,
            RegistrationPolicy.Words(list).Where(name => StatedMembers.Find(name) is null),
            "Each value must be the name of a metadata member, such as redirect_uris or jwks_uri.");
    }

    private static void CheckConstraints(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        failures.AddEach(
            nameof(options.Scopes),
            RegistrationPolicy.Words(options.Scopes).Where(scope => !ScopeRules.IsScopeToken(scope)),
            "A scope value is printable ASCII without space, double quote or backslash (RFC 6749 section 3.3).");
        failures.AddEach(
            nameof(options.GrantTypes),
            RegistrationPolicy.Words(options.GrantTypes).Where(grant => !KnownGrantTypes.Contains(GrantTypes.Canonical(grant))),
            $"Each value must be one of: {KnownGrantTypes}.");
        failures.AddEach(
            nameof(options.RedirectHosts),
            RegistrationPolicy.Words(options.RedirectHosts).Where(host => !IsRedirectTarget(host)),
            "Each value must be a host, such as app.example, all hosts below one, such as *.app.example, or a private-use scheme: cursor:.");
    }

    private static void CheckRest(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        if (options.MaxAgeSeconds is < 0 or > LongestAge)
        {
            failures.Add(
                nameof(options.MaxAgeSeconds),
                options.MaxAgeSeconds.ToString(CultureInfo.InvariantCulture),
                $"It must be 0 to {LongestAge}; 0 is for any age.");
        }

        if (!Enum.IsDefined(options.RedirectUris))
        {
            failures.Add(
                nameof(options.RedirectUris),
                options.RedirectUris.ToString(),
                $"It must be one of: {string.Join(", ", Enum.GetNames<RedirectUriPrecedence>())}.");
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
