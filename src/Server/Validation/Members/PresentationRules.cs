using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>The capabilities of a verifier: OpenID for Verifiable Presentations 1.0 sections 5.1 and 11.1.</summary>
internal static class PresentationRules
{
    private static readonly HashSet<string> ContentEncryption = new(JoseAlgorithms.ContentEncryptionNames, StringComparer.Ordinal);

    internal static void Check(ClientMetadata registered, Violations violations)
    {
        foreach (var enc in registered.Texts(EncryptedResponseEncValuesSupported).Where(enc => !ContentEncryption.Contains(enc)))
        {
            violations.Add(
                EncryptedResponseEncValuesSupported,
                $"{EncryptedResponseEncValuesSupported} has the unknown value {Excerpt.Of(enc)}. Known: "
                + $"{string.Join(", ", JoseAlgorithms.ContentEncryptionNames)}.");
        }

        if (registered.Json(VpFormatsSupported) is { } formats
            && formats.EnumerateObject().Any(format => format.Value.ValueKind != JsonValueKind.Object))
        {
            violations.Add(VpFormatsSupported, $"{VpFormatsSupported} has a credential format whose parameters are not an object.");
        }
    }
}
