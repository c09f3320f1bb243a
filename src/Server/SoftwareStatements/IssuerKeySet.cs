using System.Text.Json;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>The public keys of an issuer: a JWK Set, RFC 7517 section 5.</summary>
internal sealed class IssuerKeySet
{
    private readonly IReadOnlyList<IssuerKey> _keys;

    private IssuerKeySet(IReadOnlyList<IssuerKey> keys, IReadOnlyList<string> faults) => (_keys, Faults) = (keys, faults);

    /// <summary>The keys that are refused, each with why: <c>keys[1] is an RSA key of 1024 bits</c>. They verify nothing.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>The set; <see langword="null"/> when the document is none.</summary>
    public static IssuerKeySet? Read(ReadOnlySpan<byte> document)
    {
        if (StrictJson.ReadObject(document) is not { } set
            || !set.TryGetProperty("keys", out var entries)
            || entries.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var (keys, faults) = (new List<IssuerKey>(), new List<string>());
        foreach (var (index, entry) in entries.EnumerateArray().Index())
        {
            if (IssuerKey.Read(entry, out var fault) is { } key)
            {
                keys.Add(key);
            }
            else if (fault is not null)
            {
                faults.Add($"keys[{index}] {fault}");
            }
        }

        return new IssuerKeySet(keys, faults);
    }

    /// <summary>
    /// The keys that may have made a signature. A statement that names its key is held to it; a key without a name may be any.
    /// </summary>
    public IEnumerable<IssuerKey> For(string algorithm, string? keyId) =>
        _keys.Where(key => key.Fits(algorithm) && (keyId is null || key.Id is null || key.Id == keyId));
}
