using StackExchange.Redis;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>
/// The sliding window of one minute of <see cref="AddressWindow"/>, counted in Redis: one call is taken from the budget of
/// its caller and from that of all callers together, or from neither.
/// </summary>
/// <remarks>
/// <para>Time is that of Redis, the only clock that all instances share: one whose clock is wrong counts as the others do. Should the clock
/// of Redis be set back, as when another server takes over, the minute that was counted last goes on, so that no budget comes back
/// early.</para>
/// <para>Only an admitted call writes. Its two keys expire when nothing of them counts any more, two minutes later at most.</para>
/// </remarks>
internal static class WindowScript
{
    // Each key holds three numbers: a minute, how many calls it admitted, and how many the minute before it did.
    // Milliseconds, so that every product of a limit and a time is exact in the floating-point numbers of Lua.
    private const string Text = """
        local length = 60000
        local now = tonumber(ARGV[3])
        if not now then
          local time = redis.call('TIME')
          now = time[1] * 1000 + math.floor(time[2] / 1000)
        end

        local minute = math.floor(now / length)
        local counts = {}
        for i, text in ipairs(redis.call('MGET', KEYS[1], KEYS[2])) do
          local counted, used, before = string.match(text or '', '^(%d+) (%d+) (%d+)$')
          counts[i] = { minute = tonumber(counted) or 0, used = tonumber(used) or 0, before = tonumber(before) or 0 }
          minute = math.max(minute, counts[i].minute)
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

          local limit = tonumber(ARGV[i])
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

        return wait
        """;

    /// <param name="database">Where it is counted.</param>
    /// <param name="taking">What is taken.</param>
    /// <param name="now">A time instead of that of Redis, for tests.</param>
    /// <returns>How long to wait; zero when the call was admitted.</returns>
    public static async Task<TimeSpan> RunAsync(IDatabase database, Taking taking, DateTimeOffset? now)
    {
        var result = await database.ScriptEvaluateAsync(
            Text,
            [taking.CallerKey, taking.AllKey],
            [taking.Limit, taking.GlobalLimit, now?.ToUnixTimeMilliseconds() ?? RedisValue.EmptyString]);
        return TimeSpan.FromMilliseconds((long)result);
    }
}

/// <summary>One call, to be taken from two budgets.</summary>
/// <param name="CallerKey">Where the caller's budget is counted.</param>
/// <param name="AllKey">
/// Where that of all callers is counted. Both keys have the same hash tag: in a cluster, a script reaches one slot.
/// </param>
/// <param name="Limit">Calls a minute of one caller.</param>
/// <param name="GlobalLimit">Calls a minute of all.</param>
internal sealed record Taking(string CallerKey, string AllKey, int Limit, int GlobalLimit);
