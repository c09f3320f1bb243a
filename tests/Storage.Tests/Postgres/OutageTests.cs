using System.Diagnostics;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>The way to the database breaks: nothing acknowledged is lost, nothing happens twice, and the store goes on by itself.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private TcpRelay _relay = null!;
    private PostgresHome _home = null!;
    private IRegistrationStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _relay = new TcpRelay(SharedPostgres.Server.Port);
        var direct = new PostgresHome();
        var relayed = $"{direct.Options.ConnectionString};Port={_relay.Port}";
        _home = new PostgresHome { Options = direct.Options with { ConnectionString = relayed } };
        _store = await _home.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _relay.DisposeAsync();
        var direct = _home.Options with { ConnectionString = SharedPostgres.Server.ConnectionString };
        await new PostgresHome { Options = direct }.DisposeAsync();
    }

    [Fact]
    public async Task While_the_database_is_away_everything_is_refused_as_unavailable_and_then_goes_on()
    {
        var client = Sample.NewClient();
        await _store.AddAsync(client);
        Break();

        await Expect.FailsAsync(StorageFailure.Unavailable, () => _store.AddAsync(Sample.NewClient()).AsTask());
        await Expect.FailsAsync(StorageFailure.Unavailable, () => _store.FindAsync(client.Id).AsTask());
        await Expect.FailsAsync(StorageFailure.Unavailable, () => _store.AllAsync());
        var health = await _store.CheckAsync(CancellationToken.None);
        Assert.False(health.Ready);
        Assert.NotEmpty(health.Description);

        _relay.Refusing = false;
        await Eventually.TrueAsync(async () => (await _store.CheckAsync(CancellationToken.None)).Ready);
        Assert.Equal(AddOutcome.Added, await _store.AddAsync(Sample.NewClient()));
        Expect.Same(client, await _store.FindAsync(client.Id));
        Assert.Equal([1, 2], (await _store.AuditAsync()).Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_refusal_while_the_database_is_away_does_not_keep_callers_waiting()
    {
        Break();
        await Expect.FailsAsync(StorageFailure.Unavailable, () => _store.AddAsync(Sample.NewClient()).AsTask());

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 50; i++)
        {
            await Expect.FailsAsync(StorageFailure.Unavailable, () => _store.RecordAsync(Sample.Event()).AsTask());
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"50 refusals took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Connections_that_were_cut_are_made_anew_without_any_refusal()
    {
        for (var round = 0; round < 5; round++)
        {
            await _store.AddAsync(Sample.NewClient());
            _relay.Cut();

            Assert.Equal(AddOutcome.Added, await _store.AddAsync(Sample.NewClient()));
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), (await _store.AuditAsync()).Select(e => e.Sequence));
    }

    /// <summary>The first message of a change has the client's identifier in it, the second one its record.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_whose_answer_is_lost_happens_once_and_its_caller_is_told(bool committing)
    {
        await _store.AddAsync(Sample.NewClient());
        for (var round = 1; round <= 5; round++)
        {
            var client = Sample.NewClient();
            _relay.LoseAnswerTo(
                message => committing
                    ? HasRecord(message, client.Id)
                    : HasIdentifier(message, client.Id) && !HasRecord(message, client.Id));

            Assert.Equal(AddOutcome.Added, await _store.AddAsync(client));

            Assert.True(_relay.LostAnAnswer);
            Expect.Same(client, await _store.FindAsync(client.Id));
            Assert.Single(await _store.AuditAsync(new AuditFilter(client.Id)));
        }

        Assert.Equal(6, (await _store.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_change_of_which_nobody_knows_is_said_to_be_so_and_is_there_once_or_not_at_all()
    {
        var client = Sample.NewClient();
        _relay.LoseAnswerTo(message =>
        {
            _relay.Refusing = HasRecord(message, client.Id);
            return _relay.Refusing;
        });

        await Expect.FailsAsync(StorageFailure.OutcomeUnknown, () => _store.AddAsync(client).AsTask());

        _relay.Refusing = false;
        await Eventually.TrueAsync(async () => (await _store.CheckAsync(CancellationToken.None)).Ready);
        Assert.Equal(AddOutcome.Added, await _store.AddAsync(client));
        Assert.Single(await _store.AuditAsync());
    }

    [Fact]
    public async Task Remembered_clients_count_only_as_long_as_the_database_was_heard_of()
    {
        var client = Sample.NewClient();
        await _store.AddAsync(client);
        Expect.Same(client, await _store.GetCachedAsync(client.Id, CancellationToken.None));
        Break();

        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await _store.GetCachedAsync(client.Id, CancellationToken.None);
                return false;
            }
            catch (StorageException e)
            {
                return e.Failure == StorageFailure.Unavailable;
            }
        });
    }

    [Fact]
    public async Task Lookups_go_on_in_an_outage_for_as_long_as_the_setting_says()
    {
        await using var patient = new PostgresHome { Options = _home.Options with { MaxStaleness = TimeSpan.FromHours(1) } };
        await using var patientStore = await patient.OpenAsync();
        var client = Sample.NewClient();
        await patientStore.AddAsync(client);
        await patientStore.GetCachedAsync(client.Id, CancellationToken.None);
        Break();

        await Eventually.TrueAsync(async () => !(await patientStore.CheckAsync(CancellationToken.None)).Ready);

        Expect.Same(client, await patientStore.GetCachedAsync(client.Id, CancellationToken.None));
        _relay.Refusing = false;
    }

    [Fact]
    public async Task What_was_changed_during_an_outage_of_one_instance_is_recalled_by_it_afterwards()
    {
        var client = Sample.NewClient();
        await _store.AddAsync(client);
        await _store.GetCachedAsync(client.Id, CancellationToken.None);
        var direct = new PostgresHome { Options = _home.Options with { ConnectionString = SharedPostgres.Server.ConnectionString } };
        await using var other = await direct.OpenAsync();
        Break();
        await other.ReplaceAsync(client.Next());
        await Eventually.TrueAsync(async () => !(await _store.CheckAsync(CancellationToken.None)).Ready);

        _relay.Refusing = false;

        await Eventually.TrueAsync(async () => (await _store.CheckAsync(CancellationToken.None)).Ready);
        Expect.Same(client.Next(), await _store.GetCachedAsync(client.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Opening_says_who_cannot_be_reached_and_not_the_password()
    {
        var options = _home.Options with
        {
            OpeningTime = TimeSpan.Zero,
            ConnectionString = "Host=127.0.0.1;Port=1;Username=u;Password=hidde"
            + "n"
        };

        var refusal = await Expect.FailsAsync(StorageFailure.Unavailable, () => new PostgresHome { Options = options }.OpenAsync());

        Assert.DoesNotContain("hidden", refusal.ToString(), StringComparison.Ordinal);
    }

    private void Break()
    {
        _relay.Refusing = true;
        _relay.Cut();
    }

    private static bool HasRecord(ReadOnlyMemory<byte> message, ClientId id) =>
        message.Span.IndexOf(System.Text.Encoding.ASCII.GetBytes(id.ToString())) >= 0;

    private static bool HasIdentifier(ReadOnlyMemory<byte> message, ClientId id) => message.Span.IndexOf(id.ToBytes()) >= 0;
}
