using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Keys;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>Runs the rules of the members of other specifications, and of those that the deployment names.</summary>
internal static class ExtensionRules
{
    /// <param name="registered">What would be registered.</param>
    /// <param name="keys">The keys of its <c>jwks</c>; <see langword="null"/> if there is none, or if it breaks rules.</param>
    /// <param name="policy">What may be registered.</param>
    /// <param name="violations">Gets the problems.</param>
    internal static void Check(ClientMetadata registered, IReadOnlyList<PublicKey>? keys, RegistrationPolicy policy, Violations violations)
    {
        // The other rules read the members, which requires readable values.
        if (!AreReadable(registered, policy, violations))
        {
            return;
        }

        // Members that methods, grants and algorithms require.
        ClientCertificateRules.Check(registered, policy, violations);
        KeyNeeds.Check(registered, keys, policy, violations);
        BackchannelRules.Check(registered, policy, violations);
        if (registered.Values.HaveExtensions)
        {
            CheckMembers(registered, policy, violations);
        }
    }

    /// <summary>The rules that find nothing where a client has no member of another specification.</summary>
    internal static void CheckMembers(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        CheckFlags(registered, policy, violations);
        ClientAssertionRules.Check(registered, policy, violations);
        SubjectRules.Check(registered, policy, violations);
        SigningRules.Check(registered, policy, violations);
        EncryptionRules.Check(registered, policy, violations);
        ListedValueRules.Check(registered, policy, violations);
        AuthenticationRequestRules.Check(registered, policy, violations);
        ReturnUriRules.Check(registered, policy, violations);
        LogoutRules.Check(registered, policy, violations);
        FederationRules.Check(registered, policy, violations);
        PresentationRules.Check(registered, violations);
    }

    private static bool AreReadable(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var areReadable = true;
        foreach (var (member, value) in registered.Values)
        {
            if (member.Capability != Capability.Always && Fault(value, policy) is { } fault)
            {
                violations.Add(member, $"{member} {fault}.");
                areReadable = false;
            }
        }

        foreach (var (name, value) in registered.Extensions)
        {
            if (Fault(value, policy) is { } fault)
            {
                violations.Add(name, $"{name} {fault}.");
                areReadable = false;
            }
        }

        return areReadable;
    }

    private static string? Fault(object value, RegistrationPolicy policy) => value switch
    {
        string text => TextRules.Fault(text, int.MaxValue),
        string[] texts when texts.Length > policy.Limits.ListLength =>
            $"has {texts.Length} entries; at most {policy.Limits.ListLength} are allowed",
        string[] texts => texts.Select(text => TextRules.Fault(text, int.MaxValue)).FirstOrDefault(fault => fault is not null),
        JsonElement json => Fault(json, policy.Limits.ExtensionLength),
        bool or long => null,
        _ => throw new UnreachableException(),
    };

    private static string? Fault(JsonElement value, int longest) =>
        JsonMarshal.GetRawUtf8Value(value).Length is var length && length > longest
            ? $"is {length} octets of JSON long; at most {longest} are allowed"
            : JsonText.Fault(value) ?? JsonShape.Fault(value);

    /// <summary>RFC 8705 section 3.4, RFC 9101 section 10.5, RFC 9126 section 6, RFC 9449 section 5.2, CIBA Core section 4.</summary>
    private static void CheckFlags(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var (member, value) in registered.Values)
        {
            if (value is true && !policy.Supports(member))
            {
                violations.Add(member, $"{member} is true, but this server does not support it; leave it out.");
            }
        }
    }
}
