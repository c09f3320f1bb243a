using System.Globalization;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Commands;

/// <summary>
/// Reads the end of the audit log again and again. The newest events come first, so each question ends at the last event that is known; the
/// sequence has no gaps, so that none is lost or shown twice. While the service is away it waits longer each time, and then goes on.
/// </summary>
internal sealed class AuditTail(
    Session session, AdminApi api, IReadOnlyList<(string Name, string? Value)> filters, TimeSpan interval)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>How far the clocks of the service may be apart, and events of later sequence have earlier times.</summary>
    private static readonly TimeSpan ClockSteps = TimeSpan.FromMinutes(10);

    private long _last;
    private DateTimeOffset? _lastTime;

    /// <param name="count">How many events that have happened already to begin with.</param>
    public async IAsyncEnumerable<IReadOnlyList<JsonObject>> ReadAsync(int count)
    {
        yield return await NewAsync(count);
        var pause = interval;
        while (true)
        {
            await Task.Delay(pause, session.Stop);
            var (events, answered) = await TryAsync(pause == interval);
            pause = answered ? interval : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (events.Count > 0)
            {
                yield return events;
            }
        }
    }

    private static long SequenceOf(JsonObject happened) =>
        long.Parse(JsonText.At(happened, "sequence"), NumberStyles.None, CultureInfo.InvariantCulture);

    private async Task<(IReadOnlyList<JsonObject> Events, bool Answered)> TryAsync(bool first)
    {
        try
        {
            return (await NewAsync(null), true);
        }
        catch (CommandFault fault) when (fault.IsTransient)
        {
            await (first ? session.SayAsync(fault.Message) : Task.CompletedTask);
            return ([], false);
        }
    }

    /// <summary>What happened since the last question, in the order it happened.</summary>
    /// <param name="most">How many events that have happened already, for the first question. Null for all others.</param>
    private async Task<IReadOnlyList<JsonObject>> NewAsync(int? most)
    {
        if (await NewestAsync() is not { } newest || SequenceOf(newest) == _last)
        {
            return [];
        }

        List<JsonObject> found = most == 0 ? [] : await MatchingAsync(most);
        _last = Math.Max(SequenceOf(newest), found.Count > 0 ? SequenceOf(found[0]) : 0);
        _lastTime = DateTimeOffset.Parse(JsonText.At(newest, "time"), CultureInfo.InvariantCulture);
        found.Reverse();
        return found;
    }

    /// <summary>The newest event, whether it matches or not.</summary>
    private async Task<JsonObject?> NewestAsync()
    {
        await foreach (var page in api.ListAsync(Resource.Events, [], 1, session.Stop))
        {
            return page.Count > 0 ? page[0] : null;
        }

        return null;
    }

    /// <summary>Matching events that are not known yet, the newest first. The time bounds how far the service searches.</summary>
    private async Task<List<JsonObject>> MatchingAsync(int? most)
    {
        var from = _lastTime is { } time ? (time - ClockSteps).UtcDateTime.ToString("O", CultureInfo.InvariantCulture) : null;
        var found = new List<JsonObject>();
        await foreach (var page in api.ListAsync(Resource.Events, [.. filters, ("start_time", from)], most, session.Stop))
        {
            var fresh = page.TakeWhile(happened => SequenceOf(happened) > _last).ToList();
            found.AddRange(fresh);
            if (fresh.Count < page.Count)
            {
                break;
            }
        }

        return found;
    }
}
