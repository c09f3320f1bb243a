using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>How the tables come to be, and which ones are refused.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private readonly PostgresHome _home = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Of_many_instances_that_start_at_once_one_makes_the_tables()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _home.OpenAsync()));

        Assert.Equal([1], await _home.QueryAsync("select version from schema_version order by 1", row => row.GetInt32(0)));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Where_migrating_is_off_tables_that_are_not_there_are_refused_and_those_that_are_serve()
    {
        await using var forbidden = new PostgresHome { Options = _home.Options with { Migrate = false } };

        var refusal = await Expect.FailsAsync(StorageFailure.Corrupt, () => forbidden.OpenAsync());
        Assert.Contains("'migrate'", refusal.Message, StringComparison.Ordinal);

        await (await _home.OpenAsync()).DisposeAsync();
        await using var store = await forbidden.OpenAsync();
        Assert.Equal(AddOutcome.Added, await store.AddAsync(Sample.NewClient()));
    }

    [Theory]
    [InlineData(
        "insert into schema_version (version, digest, applied_at) values (2, '', 0), (3, '', 0), (4, '', 0), (5, '', 0), (6, '', 0), (7, "
            + "'', 0)",
        "newer than this program")]
    [InlineData("update schema_version set digest = 'another'", "not the one that this program knows")]
    public async Task Refuses_tables_that_are_not_its_own_and_changes_nothing(string sql, string message)
    {
        await (await _home.OpenAsync()).DisposeAsync();
        await _home.ExecuteAsync(sql);
        var before = await VersionsAsync();

        var refusal = await Expect.FailsAsync(StorageFailure.Corrupt, () => _home.OpenAsync());

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task While_a_newer_program_migrates_open_stores_go_on_and_older_programs_no_longer_start()
    {
        await using var store = await _home.OpenAsync();
        await _home.ExecuteAsync("insert into schema_version (version, digest, applied_at) select 2, 'newer', 0; create table of_newer ()");

        Assert.Equal(AddOutcome.Added, await store.AddAsync(Sample.NewClient()));

        var refusal = await Expect.FailsAsync(StorageFailure.Corrupt, () => _home.OpenAsync());
        Assert.Contains("Start the version of the service that wrote them.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(AddOutcome.Added, await store.AddAsync(Sample.NewClient()));
    }

    [Fact]
    public async Task Opening_again_changes_nothing()
    {
        await (await _home.OpenAsync()).DisposeAsync();
        var before = await VersionsAsync();

        await (await _home.OpenAsync()).DisposeAsync();

        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task Schemas_of_one_database_are_stores_apart()
    {
        await using var other = new PostgresHome();
        await using var one = await _home.OpenAsync();
        await using var two = await other.OpenAsync();

        await one.AddAsync(Sample.NewClient());

        Assert.Empty(await two.AllAsync());
    }

    private Task<List<string>> VersionsAsync() =>
        _home.QueryAsync("select version || digest || applied_at from schema_version order by version", row => row.GetString(0));
}
