using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>How a change ended.</summary>
internal enum Ending
{
    /// <summary>It happened, with its audit event.</summary>
    Done,

    /// <summary>The very same client had been added before; nothing more happened.</summary>
    Repeated,

    IdTaken,
    NotFound,
    VersionConflict,
}

/// <summary>A change on its way to the disk, with its audit event, both encoded.</summary>
internal sealed class Change
{
    /// <summary>Records are small; what is larger is a mistake of the caller.</summary>
    public const int MaxRecordBytes = 64 * 1024;

    private readonly TaskCompletionSource<Ending> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long? expectedVersion;

    private Change(ClientId? id, long? expectedVersion, RegisteredClient? next, AuditEvent auditEvent)
    {
        this.expectedVersion = expectedVersion;
        Id = id;
        Next = next;
        Record = next is null ? [] : Bounded(ClientRecord.Encode(next));
        Subject = auditEvent.ClientId;
        AuditTime = auditEvent.Time.ToUnixTimeMilliseconds();
        AuditRecord = Bounded(Records.AuditRecord.Encode(auditEvent));
    }

    /// <summary>The client it changes; <see langword="null"/> when it only records an event.</summary>
    public ClientId? Id { get; }

    /// <summary>Expects that there is no such client yet.</summary>
    public bool Adds => Id is not null && expectedVersion is null;

    /// <summary>The client as it is to be; <see langword="null"/> when it goes.</summary>
    public RegisteredClient? Next { get; }

    /// <summary><see cref="Next"/> as it is kept; empty without one.</summary>
    public byte[] Record { get; }

    /// <summary>The client its audit event is about.</summary>
    public ClientId? Subject { get; }

    public long AuditTime { get; }

    public byte[] AuditRecord { get; }

    /// <summary>Completes when the change is durable, or did not happen.</summary>
    public Task<Ending> Ended => ending.Task;

    public static Change Adding(RegisteredClient client, AuditEvent auditEvent) => client.Version == 1
        ? new Change(client.Id, null, client, auditEvent)
        : throw new ArgumentException($"A new client has version 1, not {client.Version}.", nameof(client));

    public static Change Replacing(RegisteredClient next, long expectedVersion, AuditEvent auditEvent) => next.Version == expectedVersion + 1
        ? new Change(next.Id, expectedVersion, next, auditEvent)
        : throw new ArgumentException($"Version {expectedVersion} is followed by the next one, not by {next.Version}.", nameof(next));

    public static Change Removing(ClientId id, long expectedVersion, AuditEvent auditEvent) => new(id, expectedVersion, null, auditEvent);

    public static Change Recording(AuditEvent auditEvent) => new(null, null, null, auditEvent);

    /// <summary>How it must end, given the client as it is; <see cref="Ending.Done"/> means that it is to happen.</summary>
    public Ending Judge(RegisteredClient? current)
    {
        if (Id is null)
        {
            return Ending.Done;
        }

        if (Adds)
        {
            return current is null ? Ending.Done
                : Record.AsSpan().SequenceEqual(ClientRecord.Encode(current)) ? Ending.Repeated
                : Ending.IdTaken;
        }

        return current is null ? Ending.NotFound : current.Version == expectedVersion ? Ending.Done : Ending.VersionConflict;
    }

    public void End(Ending how) => ending.TrySetResult(how);

    public void Fail(StorageException cause) => ending.TrySetException(new StorageException(cause.Failure, cause.Message, cause));

    private static byte[] Bounded(byte[] record) => record.Length <= MaxRecordBytes
        ? record
        : throw new ArgumentException($"A record has {MaxRecordBytes} bytes at the most, not {record.Length}.");
}
