using System.Security.Cryptography;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// Reads the keys that encrypt the cookies of the console as soon as the store is open, or makes the first one. An instance that read them
/// with the first cookie could not tell who is signed in while its database is away, when administrators look for the cause.
/// </summary>
internal sealed partial class SessionKeyReading(
    StoreLifetime store, IDataProtectionProvider keys, ILogger<SessionKeyReading> logger) : IHostedService
{
    /// <summary>The start waits for the keys if the store is open already, as it mostly is.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.Opened.IsCompletedSuccessfully)
        {
            Read();
        }
        else
        {
            _ = ReadLaterAsync();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReadLaterAsync()
    {
        await store.Opened;
        Read();
    }

    private void Read()
    {
        try
        {
            keys.CreateProtector(nameof(SessionKeyReading)).Protect([]);
        }
        catch (Exception e) when (e is CryptographicException or StorageException)
        {
            LogNotRead(e.InnerException?.Message ?? e.Message);
        }
    }

    [LoggerMessage(1033, LogLevel.Warning, "Failed to read the keys of the console ({Reason}); will retry with the next request for it")]
    private partial void LogNotRead(string reason);
}
