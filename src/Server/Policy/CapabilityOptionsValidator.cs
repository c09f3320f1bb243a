using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.Policy;

/// <summary>Finds wrong and contradictory capabilities before the service starts, in the manner of <see cref="RegistrationOptionsValidator"/>.</summary>
/// <param name="registration">The rest of what may be registered.</param>
/// <param name="canSeal">Whether client secrets can be kept so that they can be read again.</param>
internal sealed class CapabilityOptionsValidator(RegistrationOptions registration, bool canSeal) : IValidateOptions<CapabilityOptions>
{
    private const string NeedsSealing =
        "It works with the client secret itself, of which only a hash is kept unless Registration:SecretSealingKey is set.";

    private static readonly AllowedValues KnownFeatures = new(Features.All, StringComparer.Ordinal);

    private readonly string[] _methods = RegistrationPolicy.Words(registration.TokenEndpointAuthMethods);

    public ValidateOptionsResult Validate(string? name, CapabilityOptions options)
    {
        var failures = new List<string>();
        foreach (var list in CapabilityList.All)
        {
            CheckList(list, RegistrationPolicy.Words(list.Read(options)), failures);
        }

        CheckEncryption(options, failures);
        CheckAssertions(RegistrationPolicy.Words(options.TokenEndpointAuthSigningAlgs), failures);
        CheckBackchannel(options, failures);
        CheckFeatures(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void CheckList(CapabilityList list, string[] values, List<string> failures)
    {
        foreach (var value in values)
        {
            if (list.Known?.Contains(value) == false)
            {
                failures.Add(Message(list.Setting, value, $"Each value must be one of: {string.Join(", ", list.Known.InOrder)}."));
            }
            else if (list.Known is null && !ScopeRules.IsScopeToken(value))
            {
                failures.Add(Message(list.Setting, value, "Each value is printable ASCII without double quote or backslash."));
            }
            else if (JoseAlgorithms.IsSymmetric(value) && !canSeal)
            {
                failures.Add(Message(list.Setting, value, NeedsSealing));
            }
        }
    }

    /// <summary>Encryption takes two algorithms: one list without the other could never be used.</summary>
    private static void CheckEncryption(CapabilityOptions options, List<string> failures)
    {
        foreach (var (alg, enc) in CapabilityList.All.Zip(CapabilityList.All.Skip(1)))
        {
            var isPair = enc.Setting.EndsWith("EncryptionEncs", StringComparison.Ordinal);
            var (hasAlgs, hasEncs) = (RegistrationPolicy.Words(alg.Read(options)).Length > 0, RegistrationPolicy.Words(enc.Read(options)).Length > 0);
            if (isPair && hasAlgs != hasEncs)
            {
                var (present, absent) = hasAlgs ? (alg, enc) : (enc, alg);
                failures.Add(Message(
                    present.Setting, present.Read(options), $"{Key(absent.Setting)} must name values too: {string.Join(", ", absent.Known!.InOrder)}."));
            }
        }
    }

    /// <summary>Each allowed method of RFC 7523 needs an algorithm, and each algorithm such a method.</summary>
    private void CheckAssertions(string[] algorithms, List<string> failures)
    {
        var (withSecret, withKey) = (_methods.Contains(AuthMethods.ClientSecretJwt), _methods.Contains(AuthMethods.PrivateKeyJwt));
        if (withSecret && !canSeal)
        {
            failures.Add($"{MethodsKey} has the value '{AuthMethods.ClientSecretJwt}'. {NeedsSealing}");
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
                    $"{MethodsKey} allows {method}, which needs an algorithm such as {examples}."));
            }
            else if (!isAllowed && Array.Find(algorithms, algorithm => fits(algorithm)) is { } idle)
            {
                failures.Add(Message(
                    nameof(CapabilityOptions.TokenEndpointAuthSigningAlgs), idle, $"It is for {method}, which {MethodsKey} does not allow."));
            }
        }
    }

    private void CheckBackchannel(CapabilityOptions options, List<string> failures)
    {
        var isAllowed = RegistrationPolicy.Words(registration.GrantTypes).Contains(GrantTypes.Ciba);
        if (isAllowed != RegistrationPolicy.Words(options.BackchannelTokenDeliveryModes).Length > 0)
        {
            failures.Add(Message(
                nameof(options.BackchannelTokenDeliveryModes),
                options.BackchannelTokenDeliveryModes,
                $"It must name poll, ping or push exactly where {RegistrationOptions.Section}:{nameof(registration.GrantTypes)} allows "
                + $"{GrantTypes.Ciba} (CIBA Core section 4)."));
        }
    }

    private static void CheckFeatures(CapabilityOptions options, List<string> failures)
    {
        var features = RegistrationPolicy.Words(options.Features);
        foreach (var feature in features.Where(feature => !KnownFeatures.Contains(feature)))
        {
            failures.Add(Message(nameof(options.Features), feature, $"Each value must be one of: {string.Join(", ", KnownFeatures.InOrder)}."));
        }

        var signing = RegistrationPolicy.Words(options.RequestObjectSigningAlgs);
        if (features.Contains(Features.SignedRequestObjects) && Array.TrueForAll(signing, alg => alg == JoseAlgorithms.None))
        {
            failures.Add(Message(
                nameof(options.RequestObjectSigningAlgs),
                options.RequestObjectSigningAlgs,
                $"{Key(nameof(options.Features))} has {Features.SignedRequestObjects}, so an algorithm that signs is needed (RFC 9101 section 10.5)."));
        }
    }

    private static string MethodsKey => $"{RegistrationOptions.Section}:{nameof(RegistrationOptions.TokenEndpointAuthMethods)}";

    private static string Key(string setting) => $"{CapabilityOptions.Section}:{setting}";

    private static string Message(string setting, string value, string allowed) => $"{Key(setting)} has the value '{value}'. {allowed}";
}
