using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Storage.Tests.Samples;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Records that are durable and not yet in LiteDB are bounded in number and in bytes.</summary>
public sealed class ApplyQueueTests
{
    [Theory]
    [InlineData(8192, 150_000L, 2, 1)]
    [InlineData(2, 1_000_000_000L, 2, 1)]
    public async Task The_writer_waits_while_it_is_full(int records, long bytes, int full, int taken)
    {
        var options = new LiteDbOptions("unused") { MaxUnapplied = records, MaxUnappliedBytes = bytes, RecordsPerTransaction = taken };
        var queue = new ApplyQueue(options, new StoreCondition(NullLogger.Instance), TimeProvider.System);
        for (var number = 1; number < full; number++)
        {
            queue.Add(Large(number));
            queue.AwaitCapacity();
        }

        queue.Add(Large(full));
        var writer = new Thread(queue.AwaitCapacity) { IsBackground = true };
        writer.Start();
        await Eventually.TrueAsync(
            () => Task.FromResult(!writer.IsAlive || writer.ThreadState.HasFlag(ThreadState.WaitSleepJoin)));
        Assert.True(writer.IsAlive);

        Assert.Single(queue.TakeBatch());

        Assert.True(writer.Join(TimeSpan.FromSeconds(20)));
    }

    private static JournalEntry Large(int number) => new(
        number, new([EncodedRecord.Of(Sample.Large(100_000))], [], []), new([], [], []), [], RegistrationStatus: null, AuditEvents: []);
}
