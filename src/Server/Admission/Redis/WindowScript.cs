using StackExchange.Redis;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>
/// The sliding window of one minute of <see cref="AddressWindow"/>, counted in Redis: one call is taken from the budgets of
/// its caller's networks and from that of all callers together, or from none.
/// </summary>
/// <remarks>
/// <para>
/// The script uses the clock of Redis, which all instances share, so a wrong clock of an instance has no effect. If the clock of Redis is
/// set back, for example after a failover, the minute that was counted last continues, so that no budget is renewed early; after a longer
/// step it becomes the minute before.
/// </para>
/// <para>Only an admitted call writes. Its keys expire when their counts no longer matter, at most two minutes later.</para>
/// </remarks>
internal static class WindowScript
{
    // Each key has three numbers: a minute, the calls admitted in it, and the calls admitted in the minute before. Times are in
    // milliseconds, so that products of limits and times are exact in the floating-point numbers of Lua.
    private const string Text = """
        local length = 60000
        local now = tonumber(ARGV[1])
        if not now then
          local time = redis.call('TIME')
          now = time[1] * 1000 + math.floor(time[2] / 1000)
        end

        local minute = math.floor(now / length)
        local counts = {}
        for i, text in ipairs(redis.call('MGET', unpack(KEYS))) do
          local counted, used, before = string.match(text or '', '^(%d+) (%d+) (%d+)$')
          local count = { minute = tonumber(counted) or 0, used = tonumber(used) or 0, before = tonumber(before) or 0 }
          if count.minute > minute + MAX_STEP_BACK then
            count.minute = minute - 1
            redis.call('SET', KEYS[i], string.format('%d %d 0', count.minute, count.used), 'PX', 2 * length)
          end

          counts[i] = count
        end

        for _, count in ipairs(counts) do
          minute = math.max(minute, count.minute)
        end

        local elapsed = math.max(0, now - minute * length)
        local function sunk(count, room, since)
          return math.max(1, length - math.floor(room * length / count) - since)
        end

        local wait = 0
        for i, count in ipairs(counts) do
          if count.minute < minute then
            count.before = count.minute == minute - 1 and count.used or 0
            count.used = 0
          end

          local limit = tonumber(ARGV[i + 1])
          local room = limit - count.used - 1
          if count.before * (length - elapsed) > room * length then
            wait = math.max(wait, room >= 0 and sunk(count.before, room, elapsed) or length - elapsed + sunk(count.used, limit - 1, 0))
          end
        end

        if wait == 0 then
          for i, count in ipairs(counts) do
            redis.call('SET', KEYS[i], string.format('%d %d %d', minute, count.used + 1, count.before), 'PX', 2 * length - elapsed)
          end
        end

        return wait > 0 and wait + math.max(0, minute * length - now) or 0
        """;

    private static readonly string Script = Text.Replace("MAX_STEP_BACK", $"{AddressWindow.MaxStepBack}", StringComparison.Ordinal);

    /// <param name="database">The budgets in Redis.</param>
    /// <param name="taking">The call.</param>
    /// <param name="now">The time in tests; <see langword="null"/> for the clock of Redis.</param>
    /// <returns>How long to wait; zero when the call was admitted.</returns>
    public static async Task<TimeSpan> RunAsync(IDatabase database, Taking taking, DateTimeOffset? now)
    {
        var result = await database.ScriptEvaluateAsync(
            Script,
            [.. taking.Budgets.Select(budget => (RedisKey)budget.Key)],
            [now?.ToUnixTimeMilliseconds() ?? RedisValue.EmptyString, .. taking.Budgets.Select(budget => (RedisValue)budget.Limit)]);
        return TimeSpan.FromMilliseconds((long)result);
    }
}

/// <summary>One call that is taken from several budgets.</summary>
/// <param name="Budgets">
/// Those of the networks of the caller, and that of all callers. All keys have the same hash tag, because a script in a cluster can use one
/// slot only.
/// </param>
internal sealed record Taking(IReadOnlyList<TakenBudget> Budgets);

/// <param name="Key">Of the budget.</param>
/// <param name="Limit">Calls a minute.</param>
internal readonly record struct TakenBudget(string Key, int Limit);
