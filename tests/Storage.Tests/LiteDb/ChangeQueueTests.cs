using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Changes that wait are bounded in number and in bytes.</summary>
public sealed class ChangeQueueTests
{
    [Fact]
    public void Large_changes_are_refused_before_there_are_many()
    {
        var queue = new ChangeQueue(capacity: 100, capacityBytes: 150_000);
        queue.Add(Large());

        var refusal = Assert.Throws<StorageException>(() => queue.Add(Large()));

        Assert.Equal(StorageFailure.Busy, refusal.Failure);
        var batch = new List<Change>();
        Assert.True(queue.Take(batch, max: 10));
        Assert.Single(batch);
        queue.Add(Large());
    }

    [Fact]
    public void One_change_has_room_whatever_its_size() => new ChangeQueue(capacity: 1, capacityBytes: 1).Add(Large());

    private static Change Large()
    {
        var client = Sample.Large(100_000);
        return Change.Adding(client, new ConsumedCredentials(), client.Event());
    }
}
