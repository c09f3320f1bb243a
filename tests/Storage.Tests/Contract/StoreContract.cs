using GrpcDcr.Server.Storage;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>What every engine promises, by subject. An engine completes each subject with its own home.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private protected StoreContract(Func<StoreHome> newHome) => Home = newHome();

    private protected StoreHome Home { get; }

    /// <summary>An open store, empty at the start.</summary>
    private protected IRegistrationStore Store { get; set; } = null!;

    public async ValueTask InitializeAsync() => Store = await Home.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Home.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens it again.</summary>
    private protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await Home.OpenAsync();
    }
}
