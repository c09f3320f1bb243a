using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Keys;

/// <summary>
/// <c>jwks</c> and <c>jwks_uri</c>, RFC 7591 section 2: the client's public keys, by value or by reference. Keys are never quoted, because
/// a key may be private by mistake.
/// </summary>
internal static class KeyRules
{
    /// <summary>The members that make a key private or symmetric, RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1.</summary>
    private static readonly FrozenSet<string> SecretMembers =
        new[] { "d", "p", "q", "dp", "dq", "qi", "oth", "k" }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>The keys of <c>jwks</c>; <see langword="null"/> if there is none, or if it breaks rules.</returns>
    internal static IReadOnlyList<PublicKey>? Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered is { Jwks: not null, JwksUri: not null })
        {
            violations.Add(CoreMembers.Jwks, "jwks and jwks_uri are both present; only one of them is allowed (RFC 7591 section 2).");
        }

        if (registered.JwksUri is { } uri && HttpsUri.Fault(uri, policy.Limits.UriLength) is { } fault)
        {
            violations.Add(CoreMembers.JwksUri, $"jwks_uri {fault}.");
        }

        return registered.Jwks is { } set ? CheckSet(set, CoreMembers.Jwks, policy, violations) : null;
    }

    /// <param name="set">The JWK Set to check.</param>
    /// <param name="member">The member with the set, for descriptions.</param>
    /// <param name="policy">The policy with the limits.</param>
    /// <param name="violations">Gets the problems.</param>
    /// <returns>The keys; <see langword="null"/> if the set breaks rules.</returns>
    internal static IReadOnlyList<PublicKey>? CheckSet(JsonElement set, string member, RegistrationPolicy policy, Violations violations)
    {
        if ((SizeFault(set, policy) ?? JsonText.Fault(set) ?? JsonShape.Fault(set)) is { } fault)
        {
            violations.Add(member, $"{member} {fault}.");
            return null;
        }

        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            violations.Add(member, $"{member} is not a JWK Set: an object whose member keys is an array (RFC 7517 section 5).");
            return null;
        }

        if (keys.GetArrayLength() > policy.Limits.JwksKeys)
        {
            violations.Add(member, $"{member} has {keys.GetArrayLength()} keys; at most {policy.Limits.JwksKeys} are allowed.");
            return null;
        }

        return CheckKeys(keys, member, violations);
    }

    private static string? SizeFault(JsonElement set, RegistrationPolicy policy) =>
        JsonMarshal.GetRawUtf8Value(set).Length is var length && length > policy.Limits.JwksLength
            ? $"is {length} octets long; at most {policy.Limits.JwksLength} are allowed"
            : null;

    private static List<PublicKey>? CheckKeys(JsonElement keys, string member, Violations violations)
    {
        var sound = new List<PublicKey>();
        var index = 0;
        foreach (var key in keys.EnumerateArray())
        {
            var (read, fault) = Read(key);
            if (read is null)
            {
                violations.Add(new Violation(member, $"{member}.keys[{index}] {fault}.", $".keys[{index}]"));
            }
            else
            {
                sound.Add(read);
            }

            index++;
        }

        return sound.Count == index && AreTogetherSound(sound, member, violations) ? sound : null;
    }

    private static (PublicKey? Read, string? Fault) Read(JsonElement key)
    {
        if (ShapeFault(key) is { } fault)
        {
            return (null, fault);
        }

        var read = PublicKey.Of(key);
        return (KeyLabels.ContradictionFault(read) ?? KeyCertificate.Fault(key, read.Type)) is { } contradiction
            ? (null, contradiction)
            : (read, null);
    }

    /// <summary>Faults after which the key is not examined further: private material, and members of a wrong JSON type.</summary>
    private static string? ShapeFault(JsonElement key) =>
        PublicFault(key) ?? KeyLabels.TypeFault(key) ?? KeyMaterial.Fault(key, key.GetProperty("kty").GetString() ?? "");

    /// <summary>Why a key is not a public key, worded to follow its name; <see langword="null"/> if it may be one.</summary>
    internal static string? PublicFault(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object)
        {
            return "is not an object";
        }

        if (!key.TryGetProperty("kty", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return "has no kty, or one that is not a string (RFC 7517 section 4.1)";
        }

        return type.ValueEquals("oct") ? "is a symmetric key; only public keys are allowed"
            : key.EnumerateObject().Any(member => SecretMembers.Contains(member.Name))
                ? "has private key material; only public keys are allowed, and this key should be replaced"
                : null;
    }

    private static bool AreTogetherSound(List<PublicKey> keys, string member, Violations violations)
    {
        if (keys.Exists(key => key.Use == "sig") && keys.Exists(key => key.Use == "enc") && keys.Exists(key => key.Use is null))
        {
            violations.Add(
                member,
                $"{member} has keys for signing and keys for encryption, so each key must have the member use "
                + "(OpenID Connect Registration section 2).");
            return false;
        }

        if (keys.Where(key => key.Id is not null).GroupBy(key => (key.Type, key.Id)).Any(same => same.Skip(1).Any()))
        {
            violations.Add(
                member, $"{member} has two keys of one kty with the same kid, so they cannot be told apart (RFC 7517 section 4.5).");
            return false;
        }

        return true;
    }
}
