using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Policy.Names;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy;

/// <summary>
/// Finds wrong and contradictory settings before the service starts: names each key, its value and what is allowed.
/// </summary>
internal static class RegistrationOptionsValidator
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(3650);

    private static readonly AllowedValues KnownGrantTypes = new(Model.GrantTypes.Supportable, StringComparer.Ordinal);
    private static readonly AllowedValues KnownAuthMethods = new(Model.AuthMethods.Supportable, StringComparer.Ordinal);
    private static readonly AllowedValues KnownResponseTypeWords = new(Model.ResponseTypes.Words, StringComparer.Ordinal);

    public static List<SettingProblem> Validate(RegistrationOptions options)
    {
        var failures = new List<SettingProblem>();
        CheckScopes(options, failures);
        CheckGrantTypes(options, failures);
        CheckResponseTypes(options, failures);
        CheckAuthMethods(options, failures);
        CheckPrivateUseSchemes(options, failures);
        CheckRedirectUriKinds(options, failures);
        MemberNameRules.Check(options, (setting, name, allowed) => failures.Add(Message(setting, name, allowed)));
        CheckApproval(options, failures);
        CheckManagement(options, failures);
        CheckRedirectTargets(options, failures);
        CheckTimes(options, failures);
        CheckLimits(options, failures);
        return failures;
    }

    private static void CheckScopes(RegistrationOptions options, List<SettingProblem> failures)
    {
        var allowed = WordList.Words(options.AllowedScopes);
        foreach (var scope in allowed.Where(scope => !ScopeSyntax.IsScopeToken(scope)))
        {
            failures.Add(Message(
                nameof(options.AllowedScopes),
                scope,
                "printable ASCII without space, double quote and backslash (RFC 6749 section 3.3)"));
        }

        var inDefault = WordList.Words(options.DefaultScope);
        foreach (var scope in inDefault.Except(allowed))
        {
            failures.Add(Message(
                nameof(options.DefaultScope),
                scope,
                $"the values of {Key(nameof(options.AllowedScopes))}, which are {string.Join(' ', allowed)}"));
        }

        if (string.Join(' ', inDefault).Length > options.MaxScopeLength)
        {
            failures.Add(Message(
                nameof(options.DefaultScope),
                options.DefaultScope,
                $"at most {options.MaxScopeLength} octets, which is {Key(nameof(options.MaxScopeLength))}"));
        }
    }

    private static void CheckGrantTypes(RegistrationOptions options, List<SettingProblem> failures)
    {
        var grants = WordList.Words(options.GrantTypes).Select(Model.GrantTypes.Canonical).ToList();
        foreach (var grant in grants.Where(grant => !KnownGrantTypes.Contains(grant)))
        {
            failures.Add(Message(nameof(options.GrantTypes), grant, $"{KnownGrantTypes}"));
        }

        if (grants.TrueForAll(grant => grant == Model.GrantTypes.RefreshToken))
        {
            failures.Add(Message(
                nameof(options.GrantTypes),
                options.GrantTypes,
                "at least one grant besides refresh_token, because no client could register otherwise"));
        }

        if (grants.Contains(Model.GrantTypes.AuthorizationCode)
            && !ResponseTypes(options).Exists(type => type.Split(' ').Contains(Model.ResponseTypes.Code)))
        {
            failures.Add(Message(
                nameof(options.ResponseTypes),
                options.ResponseTypes,
                $"code and others, because {Key(nameof(options.GrantTypes))} allows authorization_code"));
        }
    }

    private static void CheckResponseTypes(RegistrationOptions options, List<SettingProblem> failures)
    {
        var grants = WordList.Words(options.GrantTypes);
        foreach (var type in ResponseTypes(options))
        {
            if (!Array.TrueForAll(type.Split(' '), KnownResponseTypeWords.Contains))
            {
                failures.Add(Message(
                    nameof(options.ResponseTypes),
                    type,
                    $"response types of the words {KnownResponseTypeWords}, with commas between response types"));
            }
            else if (Model.ResponseTypes.GrantsFor(type).Except(grants).ToList() is { Count: > 0 } missing)
            {
                failures.Add(Message(
                    nameof(options.ResponseTypes),
                    type,
                    $"this value only with {string.Join(" and ", missing)} in {Key(nameof(options.GrantTypes))} (RFC 7591 section 2.1)"));
            }
        }
    }

    private static void CheckAuthMethods(RegistrationOptions options, List<SettingProblem> failures)
    {
        var methods = WordList.Words(options.TokenEndpointAuthMethods);
        if (methods.Length == 0)
        {
            failures.Add(Message(nameof(options.TokenEndpointAuthMethods), "", $"one or more of {KnownAuthMethods}"));
        }

        foreach (var method in methods.Where(method => !KnownAuthMethods.Contains(method)))
        {
            failures.Add(Message(nameof(options.TokenEndpointAuthMethods), method, $"{KnownAuthMethods}"));
        }

        var grants = WordList.Words(options.GrantTypes);
        if (grants.Contains(Model.GrantTypes.ClientCredentials) && methods is [Model.AuthMethods.None])
        {
            failures.Add(Message(
                nameof(options.TokenEndpointAuthMethods),
                options.TokenEndpointAuthMethods,
                $"a method with a secret too, because {Key(nameof(options.GrantTypes))} allows client_credentials (RFC 6749 section 4.4)"));
        }
    }

    private static void CheckPrivateUseSchemes(RegistrationOptions options, List<SettingProblem> failures)
    {
        foreach (var scheme in WordList.Words(options.PrivateUseSchemes))
        {
            if (!UriSchemes.IsPrivateUseName(scheme))
            {
                failures.Add(Message(
                    nameof(options.PrivateUseSchemes),
                    scheme,
                    "a letter and then letters, digits, plus, dot or hyphen, without a colon, but not http, https and dangerous schemes"));
            }
        }
    }

    private static void CheckRedirectUriKinds(RegistrationOptions options, List<SettingProblem> failures)
    {
        var (kinds, known) = (WordList.Words(options.RedirectUriKinds), RedirectUri.KindNames);
        if (kinds.Length == 0 || kinds.Except(known).Any())
        {
            failures.Add(Message(nameof(options.RedirectUriKinds), options.RedirectUriKinds, $"one or more of {string.Join(", ", known)}"));
        }
    }

    private static void CheckApproval(RegistrationOptions options, List<SettingProblem> failures)
    {
        if (!Enum.IsDefined(options.Approval))
        {
            failures.Add(Message(
                nameof(options.Approval), options.Approval.ToString(), $"{string.Join(" or ", Enum.GetNames<ApprovalMode>())}"));
        }
    }

    private static void CheckManagement(RegistrationOptions options, List<SettingProblem> failures)
    {
        foreach (var act in WordList.Words(options.Management).Where(act => act is not ("read" or "update" or "delete")))
        {
            failures.Add(Message(nameof(options.Management), act, "read, update and delete"));
        }
    }

    private static void CheckRedirectTargets(RegistrationOptions options, List<SettingProblem> failures)
    {
        Check(
            nameof(options.RedirectHosts),
            options.RedirectHosts,
            faults => RedirectTargets.Parse(WordList.Words(options.RedirectHosts), faults));
        Check(
            nameof(options.DeniedRedirectHosts),
            options.DeniedRedirectHosts,
            faults => RedirectTargets.Parse(WordList.Words(options.DeniedRedirectHosts), faults));
        Check(
            nameof(options.ReservedClientNames),
            options.ReservedClientNames,
            faults => ReservedNames.Parse(options.ReservedClientNames, faults));

        void Check(string key, string value, Action<List<string>> parse)
        {
            var faults = new List<string>();
            parse(faults);
            failures.AddRange(faults.Select(fault => Message(key, value, fault.TrimEnd('.'))));
        }
    }

    private static void CheckTimes(RegistrationOptions options, List<SettingProblem> failures)
    {
        Check(nameof(options.RegistrationAccessTokenGrace), options.RegistrationAccessTokenGrace, TimeSpan.FromMinutes(1), "00:01:00");
        Check(nameof(options.SecretLifetime), options.SecretLifetime, TimeSpan.FromHours(1), "01:00:00");
        Check(nameof(options.SecretOverlap), options.SecretOverlap, TimeSpan.Zero, "00:00:00");
        Check(nameof(options.UnapprovedLifetime), options.UnapprovedLifetime, TimeSpan.FromHours(1), "01:00:00");

        void Check(string key, TimeSpan? value, TimeSpan least, string leastText)
        {
            if (value < least || value > LongestTime)
            {
                failures.Add(Message(key, value.Value.ToString("c"), $"{leastText} to 3650.00:00:00"));
            }
        }
    }

    private static void CheckLimits(RegistrationOptions options, List<SettingProblem> failures)
    {
        Check(nameof(options.ApprovalsNeeded), options.ApprovalsNeeded, 1, 5);
        Check(nameof(options.MaxRedirectUris), options.MaxRedirectUris, 1, 1000);
        Check(nameof(options.MaxRedirectUriLength), options.MaxRedirectUriLength, 256, 16384);
        Check(nameof(options.MaxTextLength), options.MaxTextLength, 1, 16384);
        Check(nameof(options.MaxUriLength), options.MaxUriLength, 256, 16384);
        Check(nameof(options.MaxScopeLength), options.MaxScopeLength, 1, 65536);
        Check(nameof(options.MaxListLength), options.MaxListLength, 1, 1000);
        Check(nameof(options.MaxContacts), options.MaxContacts, 0, 1000);
        Check(nameof(options.MaxLocalized), options.MaxLocalized, 0, 1000);
        Check(nameof(options.MaxJwksKeys), options.MaxJwksKeys, 0, 1000);
        Check(nameof(options.MaxJwksLength), options.MaxJwksLength, 64, 1048576);
        Check(nameof(options.MaxExtensionLength), options.MaxExtensionLength, 16, 65536);

        void Check(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                failures.Add(Message(key, value.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{least} to {most}"));
            }
        }
    }

    private static List<string> ResponseTypes(RegistrationOptions options) =>
        [.. WordList.Entries(options.ResponseTypes).Select(Model.ResponseTypes.Canonical)];

    private static string Key(string name) => $"{RegistrationOptions.Section}:{name}";

    private static SettingProblem Message(string name, string value, string allowed) => new(Key(name), value, allowed);
}
