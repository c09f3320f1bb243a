using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests;

public sealed class RecordCacheTests
{
    private const int RecordBytes = 1000;
    private const int Fitting = 10;

    /// <summary>Room for ten clients: 512 bytes and three times the record for each.</summary>
    private readonly RecordCache<ClientId, RegisteredClient> _cache = new(Fitting * (512 + (3 * RecordBytes)));

    [Fact]
    public void Holds_as_many_clients_as_fit()
    {
        var ids = Put(1000);

        Assert.Equal(Fitting, ids.Count(i => _cache.TryGet(i, out _)));
    }

    [Fact]
    public void Whoever_is_read_stays_longer()
    {
        var wanted = Put(1)[0];
        for (var i = 0; i < 100; i++)
        {
            Assert.True(_cache.TryGet(wanted, out _));
            Put(1);
        }
    }

    [Fact]
    public void Gives_the_latest_put()
    {
        var client = Sample.NewClient();
        _cache.Put(client.Id, client, RecordBytes);
        _cache.Put(client.Id, client.Next(), RecordBytes);

        Assert.True(_cache.TryGet(client.Id, out var found));
        Assert.Equal(2, found.Version);
    }

    [Fact]
    public void Forgets_what_is_removed()
    {
        var id = Put(1)[0];
        _cache.Remove(id);
        _cache.Remove(id);

        Assert.False(_cache.TryGet(id, out _));
    }

    [Fact]
    public void Removing_and_putting_back_does_not_use_it_up()
    {
        var client = Sample.NewClient();
        for (var i = 0; i < 1000; i++)
        {
            _cache.Put(client.Id, client, RecordBytes);
            _cache.Remove(client.Id);
        }

        var ids = Put(Fitting * 2);
        Assert.Equal(Fitting, ids.Count(i => _cache.TryGet(i, out _)));
    }

    [Fact]
    public void What_is_larger_than_the_cache_does_not_stay()
    {
        var client = Sample.NewClient();
        _cache.Put(client.Id, client, 1_000_000);

        Assert.False(_cache.TryGet(client.Id, out _));
        Assert.Equal(Fitting, Put(Fitting).Count(i => _cache.TryGet(i, out _)));
    }

    private List<ClientId> Put(int count)
    {
        var clients = Enumerable.Range(0, count).Select(_ => Sample.NewClient()).ToList();
        clients.ForEach(c => _cache.Put(c.Id, c, RecordBytes));
        return clients.ConvertAll(c => c.Id);
    }
}
