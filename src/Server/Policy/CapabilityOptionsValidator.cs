using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy;

/// <summary>
/// Finds wrong and contradictory capabilities before the service starts, like <see cref="RegistrationOptionsValidator"/>.
/// </summary>
/// <param name="registration">The registration options.</param>
/// <param name="canSeal">Whether client secrets can be stored encrypted.</param>
internal sealed class CapabilityOptionsValidator(RegistrationOptions registration, bool canSeal)
{
    private const string NeedsSealing =
        "this value only with Registration:SecretSealingKey, because it needs the client secret itself, and only a hash is stored";

    private static readonly AllowedValues KnownFeatures = new(Features.All, StringComparer.Ordinal);

    private readonly string[] _methods = WordList.Words(registration.TokenEndpointAuthMethods);

    public List<SettingProblem> Validate(CapabilityOptions options)
    {
        var failures = new List<SettingProblem>();
        foreach (var list in CapabilityList.All)
        {
            CheckList(list, WordList.Words(list.Read(options)), failures);
        }

        CheckEncryption(options, failures);
        CheckAssertions(WordList.Words(options.TokenEndpointAuthSigningAlgs), failures);
        CheckBackchannel(options, failures);
        CheckFeatures(options, failures);
        return failures;
    }

    private void CheckList(CapabilityList list, string[] values, List<SettingProblem> failures)
    {
        foreach (var value in values)
        {
            if (list.Known?.Contains(value) == false)
            {
                failures.Add(Message(list.Setting, value, $"{string.Join(", ", list.Known.InOrder)}"));
            }
            else if (list.Known is null && !ScopeSyntax.IsScopeToken(value))
            {
                failures.Add(Message(list.Setting, value, "printable ASCII without double quote and backslash"));
            }
            else if (JoseAlgorithms.IsSymmetric(value) && !canSeal)
            {
                failures.Add(Message(list.Setting, value, NeedsSealing));
            }
        }
    }

    /// <summary>Encryption needs two algorithms: one list without the other could never be used.</summary>
    private static void CheckEncryption(CapabilityOptions options, List<SettingProblem> failures)
    {
        foreach (var (alg, enc) in CapabilityList.All.Zip(CapabilityList.All.Skip(1)))
        {
            var isPair = enc.Setting.EndsWith("EncryptionEncs", StringComparison.Ordinal);
            var (hasAlgs, hasEncs) = (WordList.Words(alg.Read(options)).Length > 0, WordList.Words(enc.Read(options)).Length > 0);
            if (isPair && hasAlgs != hasEncs)
            {
                var (present, absent) = hasAlgs ? (alg, enc) : (enc, alg);
                failures.Add(Message(
                    present.Setting,
                    present.Read(options),
                    $"this only together with values of {Key(absent.Setting)}, which are {string.Join(", ", absent.Known!.InOrder)}"));
            }
        }
    }

    /// <summary>Each allowed method of RFC 7523 needs an algorithm, and each algorithm needs such a method.</summary>
    private void CheckAssertions(string[] algorithms, List<SettingProblem> failures)
    {
        var (withSecret, withKey) = (_methods.Contains(AuthMethods.ClientSecretJwt), _methods.Contains(AuthMethods.PrivateKeyJwt));
        if (withSecret && !canSeal)
        {
            failures.Add(new SettingProblem(MethodsKey, AuthMethods.ClientSecretJwt, NeedsSealing));
        }

        if (withSecret || withKey)
        {
            Check(AuthMethods.ClientSecretJwt, withSecret, JoseAlgorithms.IsSymmetric, "HS256, HS384 or HS512");
            Check(AuthMethods.PrivateKeyJwt, withKey, JoseAlgorithms.IsAsymmetric, "RS256, PS256, ES256 or EdDSA");
        }

        void Check(string method, bool isAllowed, Func<string?, bool> fits, string examples)
        {
            if (isAllowed && !algorithms.Any(fits))
            {
                failures.Add(Message(
                    nameof(CapabilityOptions.TokenEndpointAuthSigningAlgs),
                    string.Join(' ', algorithms),
                    $"also an algorithm such as {examples}, because {MethodsKey} allows {method}"));
            }
            else if (!isAllowed && Array.Find(algorithms, algorithm => fits(algorithm)) is { } idle)
            {
                failures.Add(Message(
                    nameof(CapabilityOptions.TokenEndpointAuthSigningAlgs), idle, $"this value only if {MethodsKey} allows {method}"));
            }
        }
    }

    private void CheckBackchannel(CapabilityOptions options, List<SettingProblem> failures)
    {
        var isAllowed = WordList.Words(registration.GrantTypes).Contains(GrantTypes.Ciba);
        if (isAllowed != WordList.Words(options.BackchannelTokenDeliveryModes).Length > 0)
        {
            failures.Add(Message(
                nameof(options.BackchannelTokenDeliveryModes),
                options.BackchannelTokenDeliveryModes,
                $"poll, ping and push, if and only if {RegistrationOptions.Section}:{nameof(registration.GrantTypes)} allows "
                + $"{GrantTypes.Ciba} (CIBA Core section 4)"));
        }
    }

    private static void CheckFeatures(CapabilityOptions options, List<SettingProblem> failures)
    {
        var features = WordList.Words(options.Features);
        foreach (var feature in features.Where(feature => !KnownFeatures.Contains(feature)))
        {
            failures.Add(Message(nameof(options.Features), feature, $"{string.Join(", ", KnownFeatures.InOrder)}"));
        }

        var signing = WordList.Words(options.RequestObjectSigningAlgs);
        if (features.Contains(Features.SignedRequestObjects) && Array.TrueForAll(signing, alg => alg == JoseAlgorithms.None))
        {
            failures.Add(Message(
                nameof(options.RequestObjectSigningAlgs),
                options.RequestObjectSigningAlgs,
                $"an algorithm that signs, because {Key(nameof(options.Features))} has {Features.SignedRequestObjects} "
                + "(RFC 9101 section 10.5)"));
        }
    }

    private static string MethodsKey => $"{RegistrationOptions.Section}:{nameof(RegistrationOptions.TokenEndpointAuthMethods)}";

    private static string Key(string setting) => $"{CapabilityOptions.Section}:{setting}";

    private static SettingProblem Message(string setting, string value, string allowed) => new(Key(setting), value, allowed);
}
