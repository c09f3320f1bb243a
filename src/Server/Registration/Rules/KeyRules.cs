using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Registration.Rules;

/// <summary>
/// <c>jwks</c> and <c>jwks_uri</c>, RFC 7591 section 2: the client's public keys, by value or by reference. Keys are never quoted,
/// for one that should be public may turn out private.
/// </summary>
internal static class KeyRules
{
    /// <summary>The members that make a key private or symmetric, RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1.</summary>
    private static readonly FrozenSet<string> SecretMembers =
        new[] { "d", "p", "q", "dp", "dq", "qi", "oth", "k" }.ToFrozenSet(StringComparer.Ordinal);

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered is { Jwks: not null, JwksUri: not null })
        {
            violations.Add(MemberNames.Jwks, "jwks and jwks_uri are both there; only one of them is allowed (RFC 7591 section 2).");
        }

        if (registered.JwksUri is { } uri && UriFault(uri, policy) is { } fault)
        {
            violations.Add(MemberNames.JwksUri, $"jwks_uri {fault}.");
        }

        if (registered.Jwks is { } set)
        {
            CheckSet(set, policy, violations);
        }
    }

    private static string? UriFault(string uri, RegistrationPolicy policy)
    {
        var fault = UriSyntax.LengthFault(uri, policy.Limits.UriLength) ?? UriSyntax.CharacterFault(uri);
        if (fault is not null)
        {
            return fault;
        }

        var text = UriText.Split(uri);
        return !UriSchemes.IsHttps(text.Scheme) ? "is not an absolute https URI"
            : text.HasFragment ? "has a fragment; none is allowed"
            : UriSyntax.AuthorityFault(text);
    }

    private static void CheckSet(JsonElement set, RegistrationPolicy policy, Violations violations)
    {
        var length = JsonMarshal.GetRawUtf8Value(set).Length;
        if (length > policy.Limits.JwksLength)
        {
            violations.Add(MemberNames.Jwks, $"jwks is {length} octets long; at most {policy.Limits.JwksLength} are allowed.");
            return;
        }

        if (JsonText.Fault(set) is { } fault)
        {
            violations.Add(MemberNames.Jwks, $"jwks {fault}.");
            return;
        }

        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            violations.Add(MemberNames.Jwks, "jwks is not a JWK Set: an object whose member keys is an array (RFC 7517 section 5).");
            return;
        }

        if (keys.GetArrayLength() > policy.Limits.JwksKeys)
        {
            violations.Add(MemberNames.Jwks, $"jwks has {keys.GetArrayLength()} keys; at most {policy.Limits.JwksKeys} are allowed.");
            return;
        }

        CheckKeys(keys, violations);
    }

    private static void CheckKeys(JsonElement keys, Violations violations)
    {
        var (index, areSound) = (0, true);
        foreach (var key in keys.EnumerateArray())
        {
            if (KeyFault(key) is { } fault)
            {
                violations.Add(MemberNames.Jwks, $"jwks.keys[{index}] {fault}.");
                areSound = false;
            }

            index++;
        }

        if (areSound && LeavesUseOpen(keys))
        {
            violations.Add(
                MemberNames.Jwks,
                "jwks has keys for signing and keys for encryption, so each key must say by its member use which it is for "
                + "(OpenID Connect Registration section 2).");
        }
    }

    private static bool LeavesUseOpen(JsonElement keys)
    {
        var (signs, encrypts, isOpen) = (false, false, false);
        foreach (var key in keys.EnumerateArray())
        {
            var use = key.TryGetProperty("use", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null;
            signs |= use == "sig";
            encrypts |= use == "enc";
            isOpen |= use is null;
        }

        return signs && encrypts && isOpen;
    }

    /// <summary>Why a key is not a public one, worded to follow its name; <see langword="null"/> when it may be one.</summary>
    internal static string? KeyFault(JsonElement key)
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
}
