using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Rolls changes over a few clients, tokens and statements, so that they meet each other. Each tells how it ended.</summary>
internal sealed class RandomChange(Dice dice, IReadOnlyList<ClientId> clients)
{
    // Enough that there are unused ones to the end.
    private const int MostTokens = 60;
    private const int MostStatements = 400;

    private static readonly ClientState[] States = Enum.GetValues<ClientState>();
    private static readonly AuditEventType[] Types = Enum.GetValues<AuditEventType>();

    public List<InitialAccessTokenId> Tokens { get; } =
        [.. Enumerable.Range(0, MostTokens).Select(_ => InitialAccessTokenId.FromBytes(dice.Bytes(16)))];

    public Func<IRegistrationStore, Task<string>> Roll()
    {
        var id = dice.Of(clients);
        var version = 1 + dice.Below(3);
        var mark = $"{dice.Below(2)}";
        var auditEvent = Sample.Event(dice.OneIn(9) ? null : id, dice.Of(Types), version, AtSomeMinute());
        var added = Sample.Client(id, mark: mark) with { IssuedAt = Sample.Start.AddMinutes(50 * dice.Below(3)) };
        var next = Sample.Client(id, version + 1, dice.Of(States), mark);
        var spending = new ConsumedCredentials(dice.OneIn(2) ? dice.Of(Tokens) : null, Statement(), Request(id.Value));
        return dice.Below(9) switch
        {
            0 or 1 or 2 => async s => $"{await s.AddAsync(added, spending, auditEvent, default)}",
            3 or 4 => async s => $"{await s.ReplaceAsync(next, version, spending.SoftwareStatement, auditEvent, default)}",
            5 => async s => $"{await s.RemoveAsync(id, version, auditEvent, default)}",
            6 => async s => await EndedAsync(s.RecordAsync(auditEvent)),
            7 when dice.OneIn(4) => Turn(auditEvent),
            _ => OfTokens(auditEvent),
        };
    }

    private Func<IRegistrationStore, Task<string>> OfTokens(AuditEvent auditEvent)
    {
        var id = dice.Of(Tokens);
        var token = Sample.InitialAccessToken(id) with
        {
            ExpiresAt = dice.OneIn(2) ? null : AtSomeMinute(),
            MaxUses = dice.OneIn(3) ? null : dice.Below(4),
        };
        var time = AtSomeMinute();
        var request = Request(id.Value);
        return dice.OneIn(4)
            ? async s => $"{await s.RevokeInitialAccessTokenAsync(id, time, auditEvent, default)}"
            : async s => await EndedAsync(s.AddInitialAccessTokenAsync(token, request, auditEvent, default));
    }

    private Func<IRegistrationStore, Task<string>> Turn(AuditEvent auditEvent)
    {
        var rule = new BlockRule(
            new Guid(dice.Bytes(16)), BlockSubject.SoftwareId, "x", BlockEffect.Hold, "", AtSomeMinute(), "", AtSomeMinute());
        if (dice.OneIn(2))
        {
            return async s => $"{await s.AddBlockRuleAsync(rule, auditEvent, default)}";
        }

        var next = new RegistrationStatus(dice.OneIn(2), dice.OneIn(2) ? null : $"{dice.Below(99)}", AtSomeMinute());
        return async s => await EndedAsync(s.SetRegistrationStatusAsync(next, auditEvent, default));
    }

    private OneTimeUse? Statement() => dice.OneIn(2) ? null : Sample.SoftwareStatement($"{dice.Below(MostStatements)}");

    private OneTimeUse? Request(Guid result) => dice.OneIn(4) ? Sample.Request($"{dice.Below(MostStatements)}", result) : null;

    private DateTimeOffset AtSomeMinute() => Sample.Start.AddMinutes(dice.Below(100));

    private static async Task<string> EndedAsync(ValueTask change)
    {
        try
        {
            await change;
            return "Done";
        }
        catch (ArgumentException)
        {
            return "Not to be asked";
        }
    }

    private static async Task<string> EndedAsync<T>(ValueTask<T> change)
    {
        var outcome = "";
        var ended = await EndedAsync(new ValueTask(KeepAsync()));
        return outcome + ended;

        async Task KeepAsync() => outcome = $"{await change}";
    }
}
