using System.Diagnostics;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Another process and the same folder. It is util-linux's <c>flock</c>, which takes the lock that the store takes.</summary>
public sealed class OtherProcessTests : IAsyncLifetime
{
    private readonly LiteDbHome _home = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_folder_that_another_process_has_is_refused_until_that_process_ends()
    {
        using var other = Flock("--exclusive", LockFile, "--command", "echo locked; cat");
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync());
        await using var store = _home.NewStore();

        var e = await Assert.ThrowsAsync<StorageException>(() => store.OpenAsync(CancellationToken.None).AsTask());

        Assert.Equal(StorageFailure.InUse, e.Failure);
        Assert.Contains("Stop the other process", e.Message, StringComparison.Ordinal);
        Assert.Contains(_home.Folder, e.Message, StringComparison.Ordinal);
        other.StandardInput.Close();
        await other.WaitForExitAsync();
        await store.OpenAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Another_process_cannot_have_the_folder_of_an_open_store()
    {
        await using (await _home.OpenAsync())
        {
            Assert.NotEqual(0, await TryLockAsync());
        }

        Assert.Equal(0, await TryLockAsync());
    }

    private string LockFile => Path.Combine(_home.Folder, StoreLock.FileName);

    private async Task<int> TryLockAsync()
    {
        using var other = Flock("--exclusive", "--nonblock", LockFile, "--command", "true");
        await other.WaitForExitAsync();
        return other.ExitCode;
    }

    private static Process Flock(params string[] arguments) => Process.Start(
        new ProcessStartInfo("flock", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
