using System.Text.Json;
using GrpcDcr.Server.Validation.Keys;
using Microsoft.IdentityModel.Tokens;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>One public key of an issuer, RFC 7517 section 4.</summary>
internal sealed class IssuerKey
{
    private readonly string? _algorithm;
    private readonly JsonWebKey _key;

    private IssuerKey(string? id, string? algorithm, JsonWebKey key) => (Id, _algorithm, _key) = (id, algorithm, key);

    /// <summary>Its <c>kid</c>; <see langword="null"/> when it has none.</summary>
    public string? Id { get; }

    /// <summary>
    /// The key; <see langword="null"/> also for a valid key that is not for signatures or has an unknown type: such keys are ignored (RFC
    /// 7517 section 5).
    /// </summary>
    /// <param name="jwk">One entry of <c>keys</c>.</param>
    /// <param name="fault">Why the key is refused, worded to follow its name; <see langword="null"/> if it is not.</param>
    public static IssuerKey? Read(JsonElement jwk, out string? fault)
    {
        fault = KeyRules.PublicFault(jwk) ?? TextFault(jwk);
        if (fault is not null || !IsForSignatures(jwk))
        {
            return null;
        }

        var key = Text(jwk, "kty") switch
        {
            SoftwareStatementAlgorithms.Rsa => PublicNumbers.Rsa(Text(jwk, "n"), Text(jwk, "e"), out fault),
            SoftwareStatementAlgorithms.EllipticCurve => PublicNumbers.EllipticCurve(
                Text(jwk, "crv"), Text(jwk, "x"), Text(jwk, "y"), out fault),
            _ => null,
        };
        return key is null ? null : new IssuerKey(Text(jwk, "kid"), Text(jwk, "alg"), key);
    }

    /// <summary>A key is used only with its own algorithm if it names one (RFC 8725 section 3.1).</summary>
    public bool Fits(string wanted) => (_algorithm ?? wanted) == wanted && SoftwareStatementAlgorithms.Fits(wanted, _key.Kty, _key.Crv);

    /// <param name="statement">The signed content and the signature.</param>
    /// <param name="agreed">An algorithm that <see cref="Fits"/>.</param>
    public bool Verifies(CompactJws statement, string agreed)
    {
        using var provider = _key.CryptoProviderFactory.CreateForVerifying(_key, agreed, cacheProvider: false);
        return provider.Verify(statement.Signed, statement.Signature);
    }

    private static string? TextFault(JsonElement jwk)
    {
        foreach (var name in (ReadOnlySpan<string>)["use", "alg", "kid", "n", "e", "crv", "x", "y"])
        {
            if (jwk.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.String)
            {
                return $"has a member {name} that is not a string";
            }
        }

        return null;
    }

    /// <summary>RFC 7517 sections 4.2 and 4.3.</summary>
    private static bool IsForSignatures(JsonElement jwk) =>
        Text(jwk, "use") is null or "sig"
        && (!jwk.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(IsVerify)));

    private static bool IsVerify(JsonElement operation) => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify");

    private static string? Text(JsonElement jwk, string name) => jwk.TryGetProperty(name, out var value) ? value.GetString() : null;
}
