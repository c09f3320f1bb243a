using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.Server.Hosting.Settings;
using StackExchange.Redis;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>Whether the shared rate limits can be counted.</summary>
internal static class RedisCheck
{
    public static async Task<Finding[]> FindAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        if (settings.RedisLimits is not { } options)
        {
            return [Finding.Good("not used: each instance counts for itself.")];
        }

        await using var connection = new RedisConnection(options);
        await connection.StartAsync(cancellationToken);
        try
        {
            var database = connection.Database;
            await database.PingAsync();
            return [Finding.Good("it answers."), ClockCheck.Evaluate("Redis", await AheadAsync(database))];
        }
        catch (Exception e) when (e is TimeoutException or RedisException)
        {
            return
            [
                Finding.Failed(
                    "it does not answer, so that each instance counts for itself: look at RateLimit:Redis:ConnectionString."),
            ];
        }
    }

    private static async Task<TimeSpan> AheadAsync(IDatabase database)
    {
        var time = (RedisResult[])(await database.ExecuteAsync("TIME"))!;
        return DateTimeOffset.FromUnixTimeSeconds((long)time[0]) - TimeProvider.System.GetUtcNow();
    }
}
