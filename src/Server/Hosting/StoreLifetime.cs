using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Hosting;

/// <summary>Opens the store before the first request and closes it after the last; in between, ends each minute of the refusal ledger.</summary>
internal sealed class StoreLifetime(IRegistrationStore store, RefusalLedger refusals, TimeProvider time)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task ledger = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        ledger = CloseWindowsAsync(stopping.Token);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await ledger;
        await refusals.CloseWindowAsync(cancellationToken);
        await store.DisposeAsync();
    }

    public void Dispose() => stopping.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CloseWindowsAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RefusalLedger.Window, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await refusals.CloseWindowAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }
}
