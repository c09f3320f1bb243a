using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Decoded clients, as they are durable. Reading takes no lock. When the bytes are used up the oldest go, but whoever was read since
/// it was last considered gets another round.
/// </summary>
/// <param name="capacity">In bytes, roughly.</param>
internal sealed class RecordCache(long capacity)
{
    /// <summary>A decoded client takes about this many times its record, for strings are twice as long and lists have a frame.</summary>
    private const int MemoryPerRecordByte = 3;

    private const int EntryBytes = 512;

    private readonly ConcurrentDictionary<ClientId, Entry> entries = new();
    private readonly Queue<Entry> order = new();
    private readonly Lock gate = new();
    private long bytes;

    public bool TryGet(ClientId id, [NotNullWhen(true)] out RegisteredClient? client)
    {
        client = null;
        if (entries.TryGetValue(id, out var entry))
        {
            entry.Used = true;
            client = entry.Client;
        }

        return client is not null;
    }

    /// <param name="client">The client as it is durable now.</param>
    /// <param name="recordBytes">How long its record is.</param>
    public void Put(RegisteredClient client, int recordBytes)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(client.Id, out var entry))
            {
                entry = new Entry(client.Id);
                entries[client.Id] = entry;
                order.Enqueue(entry);
            }

            Resize(entry, EntryBytes + (MemoryPerRecordByte * recordBytes));
            entry.Client = client;
            Shrink();
        }
    }

    public void Remove(ClientId id)
    {
        lock (gate)
        {
            if (entries.TryRemove(id, out var entry))
            {
                // It waits in line until its turn, and counts for as long.
                entry.Client = null;
                Resize(entry, EntryBytes);
            }
        }
    }

    /// <summary>Takes over what a durable batch changed.</summary>
    public void Take(Batch batch)
    {
        foreach (var change in batch.Changed)
        {
            if (change.Next is { } client)
            {
                Put(client, change.Record.Length);
            }
            else
            {
                Remove(change.Id!.Value);
            }
        }
    }

    private void Resize(Entry entry, int size)
    {
        bytes += size - entry.Size;
        entry.Size = size;
    }

    private void Shrink()
    {
        while (bytes > capacity && order.TryDequeue(out var entry))
        {
            if (entry is { Used: true, Client: not null })
            {
                entry.Used = false;
                order.Enqueue(entry);
                continue;
            }

            Resize(entry, 0);
            if (entry.Client is not null)
            {
                entries.TryRemove(entry.Id, out _);
            }
        }
    }

    private sealed class Entry(ClientId id)
    {
        public ClientId Id => id;

        /// <summary><see langword="null"/> once removed.</summary>
        public volatile RegisteredClient? Client;

        public volatile bool Used;

        public int Size { get; set; }
    }
}
