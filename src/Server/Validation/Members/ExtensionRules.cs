using System.Runtime.InteropServices;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Keys;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>The rules of the members that other specifications define, and of those a deployment names: their table of contents.</summary>
internal static class ExtensionRules
{
    /// <param name="registered">What would be registered.</param>
    /// <param name="keys">The keys of its <c>jwks</c>; <see langword="null"/> where there is none, or one that breaks rules.</param>
    /// <param name="policy">What may be registered.</param>
    /// <param name="violations">Gets what is wrong.</param>
    internal static void Check(ClientMetadata registered, IReadOnlyList<PublicKey>? keys, RegistrationPolicy policy, Violations violations)
    {
        // The other rules read the members, which those that are no plain text do not allow.
        if (!AreReadable(registered, policy, violations))
        {
            return;
        }

        // What methods, grants and algorithms need, and so also what is missing.
        ClientCertificateRules.Check(registered, policy, violations);
        KeyNeeds.Check(registered, keys, policy, violations);
        BackchannelRules.Check(registered, policy, violations);
        if (registered.Extensions.Count > 0)
        {
            CheckMembers(registered, policy, violations);
        }
    }

    private static void CheckMembers(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
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
        foreach (var (member, value) in registered.Extensions)
        {
            if (Fault(member, value, policy) is { } fault)
            {
                violations.Add(member, $"{member} {fault}.");
                areReadable = false;
            }
        }

        return areReadable;
    }

    private static string? Fault(string member, JsonElement value, RegistrationPolicy policy)
    {
        var isBounded = !ExtensionMembers.Kinds.TryGetValue(member, out var kind) || kind == MemberKind.Object;
        var (length, longest) = (JsonMarshal.GetRawUtf8Value(value).Length, policy.Limits.ExtensionLength);
        if (isBounded && length > longest)
        {
            return $"is {length} octets of JSON long; at most {longest} are allowed";
        }

        return kind == MemberKind.Texts && !isBounded && value.GetArrayLength() is var count && count > policy.Limits.ListLength
            ? $"has {count} entries; at most {policy.Limits.ListLength} are allowed"
            : JsonText.Fault(value) ?? JsonShape.Fault(value);
    }

    /// <summary>RFC 8705 section 3.4, RFC 9101 section 10.5, RFC 9126 section 6, RFC 9449 section 5.2, CIBA Core section 4.</summary>
    private static void CheckFlags(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var member in registered.Extensions.Keys)
        {
            if (registered.Flag(member) && ExtensionTable.Rows.TryGetValue(member, out var row) && !row.IsSupported(policy))
            {
                violations.Add(member, $"{member} is true, but this server does not support it; leave it out.");
            }
        }
    }
}
