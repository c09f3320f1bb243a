using System.Buffers.Binary;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.PageLog;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Recovery;

/// <summary>
/// Opens the data file and the log of pages of a store, or creates them, and refuses files that this program must not touch.
/// </summary>
internal static class StoreOpening
{
    /// <summary>
    /// Opens both files. They are created in this order: log of pages, journal, data file; so a store with a data file was created
    /// completely.
    /// </summary>
    public static (WalFile Log, IStoreFile Data, bool Created) Open(IStoreFiles files, LiteDbOptions options, TimeProvider time)
    {
        var logFile = files.Open(StoreFiles.Log);
        var data = files.Open(StoreFiles.Data);
        try
        {
            return Open(files, logFile, data, options, time);
        }
        catch
        {
            logFile?.Dispose();
            data?.Dispose();
            throw;
        }
    }

    /// <summary>Starts LiteDB over the two streams, after checking that they belong to this store.</summary>
    public static (LiteEngine Engine, StoreMarker Marker) Engine(IStoreFile data, DataStream dataStream, WalStream logStream, Guid storeId)
    {
        CheckHeader(data, storeId);
        try
        {
            var engine = new LiteEngine(new EngineSettings { DataStream = dataStream, LogStream = logStream });
            return (engine, CheckMarker(engine, storeId));
        }
        catch (Exception e) when (e is not StorageException)
        {
            throw StoreFault.Damaged($"LiteDB cannot open {StoreFiles.Data}", e);
        }
    }

    private static (WalFile Log, IStoreFile Data, bool Created) Open(
        IStoreFiles files, IStoreFile? logFile, IStoreFile? data, LiteDbOptions options, TimeProvider time)
    {
        if (logFile is null && data is not null)
        {
            throw StoreFault.Damaged($"{StoreFiles.Log} is missing, and with it perhaps the latest changes");
        }

        var log = logFile is null
            ? WalFile.Create(files, Guid.CreateVersion7(time.GetUtcNow()), options.LogBytes)
            : WalFile.Open(logFile);
        if (data is not null)
        {
            return (log, data, false);
        }

        if (!log.IsUnused)
        {
            throw StoreFault.Damaged($"{StoreFiles.Data} is missing");
        }

        ChangeJournal.Open(files, log.StoreId, options.SegmentBytes, mayCreate: true).Dispose();
        return (log, Create(files, log.StoreId), true);
    }

    /// <summary>
    /// An empty store is made in memory and put in place whole. Its collections exist before the first query (LiteDB issue 2792).
    /// </summary>
    private static IStoreFile Create(IStoreFiles files, Guid storeId)
    {
        using var content = new MemoryStream();
        using (var engine = new LiteEngine(new EngineSettings { DataStream = content, Collation = Collation.Binary }))
        {
            engine.Pragma("CHECKPOINT", 0); // Never by itself.
            engine.Pragma("USER_VERSION", TagOf(storeId));
            new LiteDbTables(engine).Create(new StoreMarker(storeId));
            engine.Checkpoint();
        }

        return files.Create(StoreFiles.Data, content.ToArray(), content.Length);
    }

    /// <summary>
    /// LiteDB's own header: a text at byte 32, the version of its format at byte 59, and at byte 76 a number that is ours to choose.
    /// It identifies the file before the log is applied: no checkpoint changes these bytes, not even one that was interrupted.
    /// </summary>
    private static void CheckHeader(IStoreFile data, Guid storeId)
    {
        Span<byte> page = stackalloc byte[80];
        if (data.Read(page, 0) < page.Length || !page[32..59].SequenceEqual("** This is a LiteDB file **"u8) || page[59] != 8)
        {
            throw StoreFault.Foreign($"{StoreFiles.Data} is not a LiteDB 5 file, or its first page is damaged");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(page[76..]) != TagOf(storeId))
        {
            throw StoreFault.Foreign($"{StoreFiles.Data} was not made by this service, or not with this {StoreFiles.Log}");
        }
    }

    /// <summary>The last bytes of a version 7 UUID are random.</summary>
    private static int TagOf(Guid storeId) => BinaryPrimitives.ReadInt32LittleEndian(storeId.ToByteArray(bigEndian: true).AsSpan(12));

    private static StoreMarker CheckMarker(LiteEngine engine, Guid storeId)
    {
        var marker = StoreMarker.Read(engine) ?? throw StoreFault.Foreign($"{StoreFiles.Data} was not made by this service");
        if (marker.SchemaVersion != StoreMarker.CurrentSchema)
        {
            throw StoreFault.Newer(
                $"{StoreFiles.Data} has layout {marker.SchemaVersion}, and this version knows {StoreMarker.CurrentSchema}");
        }

        if (marker.StoreId != storeId)
        {
            throw StoreFault.Foreign($"{StoreFiles.Data} and {StoreFiles.Log} belong to different stores");
        }

        var collation = engine.Pragma("COLLATION").AsString;
        return collation == Collation.Binary.ToString() && engine.Pragma("CHECKPOINT").AsInt32 == 0
            ? marker
            : throw StoreFault.Foreign($"{StoreFiles.Data} compares texts by {collation}, or writes its log by itself");
    }
}
