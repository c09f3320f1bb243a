using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>
/// Counts and hashes the content of an archive or a store, in the order of archives: two stores have the same totals if and only if they
/// have the same content. One-time uses are left out, because stores delete them after they expire.
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
            case ArchivedAuditEvent e:
                AuditEvents++;
                Append('e', e.Value.Sequence, AuditRecord.Encode(e.Value));
                break;
            case ArchivedClient client:
                Clients++;
                Append('c', 0, ClientRecord.Encode(client.Value));
                break;
            case ArchivedInitialAccessToken token:
                InitialAccessTokens++;
                Append('t', 0, InitialAccessTokenRecord.Encode(token.Value));
                break;
            case ArchivedRegistrationStatus status:
                Append('s', 0, RegistrationStatusRecord.Encode(status.Value));
                break;
            case ArchivedOneTimeUse:
                break;
            default:
                throw new UnreachableException($"{item.GetType().Name} is neither counted nor left out.");
        }
    }

    /// <summary>The totals of all added items.</summary>
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

/// <summary>The totals of an archive, from its last line.</summary>
/// <param name="AuditEvents">Number of audit events.</param>
/// <param name="Clients">Number of clients.</param>
/// <param name="InitialAccessTokens">Number of initial access tokens.</param>
/// <param name="Sha256">SHA-256 of all of them and the registration status, in hexadecimal.</param>
internal sealed record ArchiveTotals(long AuditEvents, long Clients, long InitialAccessTokens, string Sha256);
