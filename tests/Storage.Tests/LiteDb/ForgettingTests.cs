using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Used statements are forgotten some time after they expire, a few at a time, so that they do not gather.</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    private readonly SimulatedHome _home = new();
    private int _last;

    private DateTimeOffset Now => _home.Time.GetUtcNow();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Statements_that_expired_do_not_gather()
    {
        for (var i = 0; i < 20; i++)
        {
            await UseAsync(5, Now.AddDays(-1));
        }

        Assert.InRange(Count(), 1, 5);
    }

    [Fact]
    public async Task Those_that_gathered_before_they_expired_go_two_for_each_that_comes()
    {
        await UseAsync(100, Now.AddMinutes(10));
        Assert.Equal(100, Count());
        _home.Time.Advance(TimeSpan.FromHours(2));

        await UseAsync(30, Now.AddDays(1));
        Assert.Equal(100 - 60 + 30, Count());
        await UseAsync(40, Now.AddDays(1));
        Assert.Equal(70, Count());
    }

    [Theory]
    [InlineData(59, AddOutcome.SoftwareStatementReplayed)]
    [InlineData(61, AddOutcome.Added)]
    internal async Task A_statement_is_remembered_for_an_hour_after_it_expires(int minutesAfter, AddOutcome outcome)
    {
        var statement = Sample.SoftwareStatement("one", Now.AddMinutes(1));
        await UseAsync(statement);
        _home.Time.Advance(TimeSpan.FromMinutes(1 + minutesAfter));
        await UseAsync(Sample.SoftwareStatement("another")); // Its end applies it, and what expired is forgotten then.

        await using var store = await _home.OpenAsync();
        Assert.Equal(outcome, await store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: statement)));
    }

    private async Task UseAsync(OneTimeUse statement)
    {
        await using var store = await _home.OpenAsync();
        Assert.Equal(
            AddOutcome.Added, await store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: statement)));
    }

    private async Task UseAsync(int count, DateTimeOffset until)
    {
        await using var store = await _home.OpenAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(_ =>
            store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: Sample.SoftwareStatement($"{_last++}", until)))
                .AsTask()));
        Assert.All(outcomes, o => Assert.Equal(AddOutcome.Added, o));
    }

    private int Count() => DataFile.Count(_home.Disk[StoreFiles.Data], "one_time_uses");
}
