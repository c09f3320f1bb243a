using System.Buffers.Binary;
using System.Security.Cryptography;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>
/// Counts what an archive or a store holds and digests it, in the order of archives: the same for two stores exactly when they hold the same.
/// Uses of software statements are left out: stores forget them by themselves once they ended.
/// </summary>
internal sealed class ArchiveSum : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long AuditEvents { get; private set; }

    public long Clients { get; private set; }

    public long InitialAccessTokens { get; private set; }

    public void Add(ArchivedItem item)
    {
        switch (item)
        {
            case ArchivedItem.Event e:
                AuditEvents++;
                Append('e', e.Value.Sequence, AuditRecord.Encode(e.Value));
                break;
            case ArchivedItem.Client client:
                Clients++;
                Append('c', 0, ClientRecord.Encode(client.Value));
                break;
            case ArchivedItem.IssuedToken token:
                InitialAccessTokens++;
                Append('t', 0, InitialAccessTokenRecord.Encode(token.Value));
                break;
            case ArchivedItem.Status turned:
                Append('s', 0, RegistrationStatusRecord.Encode(turned.Value));
                break;
            default:
                break;
        }
    }

    /// <summary>The sum of all that was added.</summary>
    public ArchiveTotals Total() => new(AuditEvents, Clients, InitialAccessTokens, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    public void Dispose() => _hash.Dispose();

    private void Append(char kind, long number, byte[] record)
    {
        Span<byte> head = stackalloc byte[13];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(head[1..], number);
        BinaryPrimitives.WriteInt32BigEndian(head[9..], record.Length);
        _hash.AppendData(head);
        _hash.AppendData(record);
    }
}

/// <summary>How much an archive holds, as its last line says it.</summary>
/// <param name="AuditEvents">Number of audit events.</param>
/// <param name="Clients">Number of clients.</param>
/// <param name="InitialAccessTokens">Number of initial access tokens.</param>
/// <param name="Sha256">Digest of all of them and the switch of registration, in hexadecimal.</param>
internal sealed record ArchiveTotals(long AuditEvents, long Clients, long InitialAccessTokens, string Sha256);
