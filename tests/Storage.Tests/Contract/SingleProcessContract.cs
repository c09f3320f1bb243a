using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>What the engines promise that serve one process.</summary>
public abstract class SingleProcessContract : StoreContract
{
    private protected SingleProcessContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task One_store_at_a_time()
    {
        var second = Home.NewStore();

        await Expect.FailsAsync(StorageFailure.InUse, () => second.OpenAsync(CancellationToken.None).AsTask());
        await second.DisposeAsync();
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient()));

        await Store.DisposeAsync();
        Store = await Home.OpenAsync();
        Assert.Single(await Store.AllAsync());
    }
}
