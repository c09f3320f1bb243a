using System.Text.Json;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>The public keys of an issuer: a JWK Set, RFC 7517 section 5.</summary>
internal sealed class IssuerKeySet
{
    private readonly IReadOnlyList<IssuerKey> _keys;

    private IssuerKeySet(IReadOnlyList<IssuerKey> keys, IReadOnlyList<string> faults) => (_keys, Faults) = (keys, faults);

    /// <summary>The refused keys with the reason: <c>keys[1] is an RSA key of 1024 bits</c>. They are not used.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>The key set; <see langword="null"/> if the document is not one.</summary>
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
    /// The keys that may have made a signature. If a statement names a key, only keys with that name or without a name are used.
    /// </summary>
    public IEnumerable<IssuerKey> For(string algorithm, string? keyId) =>
        _keys.Where(key => key.Fits(algorithm) && (keyId is null || key.Id is null || key.Id == keyId));
}
