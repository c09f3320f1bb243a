using GrpcDcr.Server.Storage;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Where a store lives while no process has it open. All that an engine supplies to be tested.</summary>
internal abstract class StoreHome : IAsyncDisposable
{
    /// <summary>A store that is not open yet; whatever was durable here is in it.</summary>
    public abstract IRegistrationStore NewStore();

    public abstract ValueTask DisposeAsync();

    public async Task<IRegistrationStore> OpenAsync()
    {
        var store = NewStore();
        await store.OpenAsync(CancellationToken.None);
        return store;
    }
}
