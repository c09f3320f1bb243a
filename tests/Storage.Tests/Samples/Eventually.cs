namespace GrpcDcr.Storage.Tests.Samples;

/// <summary>Waits for what another thread will do without telling.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "It never came true.");
            await Task.Yield();
        }
    }
}
