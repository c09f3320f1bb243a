namespace GrpcDcr.Storage.Tests.Samples;

/// <summary>Many callers who start at the same moment.</summary>
internal static class Racing
{
    public const int Racers = 32;

    /// <summary>What each of them was told.</summary>
    public static async Task<T[]> RaceAsync<T>(Func<int, ValueTask<T>> run)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racing = Enumerable.Range(0, Racers).Select(async racer =>
        {
            await start.Task;
            return await run(racer);
        }).ToList();
        start.SetResult();
        return await Task.WhenAll(racing);
    }
}
