using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;
using LiteDB;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>A record that does not agree with its checksum, or stands in the place of another, is refused and never shown.</summary>
public sealed class DamagedRecordTests : IAsyncLifetime
{
    private readonly SimulatedHome _home = new();
    private readonly RegisteredClient _client = Sample.NewClient();
    private readonly InitialAccessToken _token = Sample.NewInitialAccessToken();
    private readonly OneTimeUse _statement = Sample.SoftwareStatement("one");
    private readonly OneTimeUse _request = Sample.Request("issue", Guid.CreateVersion7());

    public async ValueTask InitializeAsync()
    {
        await using var store = await _home.OpenAsync();
        await store.AddInitialAccessTokenAsync(_token, _request);
        await store.AddInitialAccessTokenAsync(Sample.NewInitialAccessToken());
        await store.AddAsync(_client, new ConsumedCredentials(_token.Id, _statement));
        await store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: Sample.SoftwareStatement("two")));
        await store.SetRegistrationStatusAsync(new RegistrationStatus(true));
    }

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Theory]
    [InlineData("k")]
    [InlineData("b")]
    public async Task A_client(string field)
    {
        await using var store = await DamagedAsync("clients", field);

        await RefusesAsync(() => store.FindAsync(_client.Id).AsTask());
        await RefusesAsync(() => store.AllAsync());
        await RefusesAsync(() => store.ReplaceAsync(_client.Next()).AsTask());
    }

    [Theory]
    [InlineData("k")]
    [InlineData("b")]
    public async Task A_token(string field)
    {
        await using var store = await DamagedAsync("initial_access_tokens", field);

        await RefusesAsync(() => store.FindInitialAccessTokenAsync(_token.Id).AsTask());
        await RefusesAsync(() => store.InitialAccessTokensAsync());
        await RefusesAsync(() => store.AddAsync(Sample.NewClient(), new ConsumedCredentials(_token.Id)).AsTask());
        await RefusesAsync(() => store.RevokeInitialAccessTokenAsync(_token.Id).AsTask());
        Assert.Equal(AddOutcome.Added, await store.AddAsync(Sample.NewClient()));
    }

    [Theory]
    [InlineData("k")]
    [InlineData("u")]
    public async Task A_used_statement(string field)
    {
        await using var store = await DamagedAsync("one_time_uses", field);

        await RefusesAsync(() => store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: _statement)).AsTask());
        await RefusesAsync(() => store.ReplaceAsync(_client.Next(), _statement).AsTask());
        Assert.Equal(AddOutcome.Added, await store.AddAsync(Sample.NewClient()));
    }

    [Theory]
    [InlineData("k")]
    [InlineData("u")]
    [InlineData("r")]
    public async Task A_used_request(string field)
    {
        await using var store = await DamagedAsync("one_time_uses", field);

        await RefusesAsync(() => store.FindOneTimeUseAsync(_request.Key, CancellationToken.None).AsTask());
        await RefusesAsync(() => store.AddInitialAccessTokenAsync(Sample.NewInitialAccessToken(), _request).AsTask());
        Assert.Equal(AddOutcome.Added, await store.AddAsync(Sample.NewClient()));
    }

    [Theory]
    [InlineData("k")]
    [InlineData("b")]
    public async Task The_switch(string field)
    {
        await RefusesAsync(() => DamagedAsync("meta", field));
    }

    [Fact]
    public async Task A_client_or_a_token_in_the_place_of_another()
    {
        await using (var store = await DamagedAsync("initial_access_tokens", Exchange))
        {
            await RefusesAsync(() => store.FindInitialAccessTokenAsync(_token.Id).AsTask());
            await RefusesAsync(() => store.InitialAccessTokensAsync());
        }

        await AddSecondRunOfClientsAsync();
        await using var again = await DamagedAsync("clients", Exchange);
        await RefusesAsync(() => again.FindAsync(_client.Id).AsTask());
        await RefusesAsync(() => again.AllAsync());

        static void Exchange(List<BsonDocument> two)
        {
            (two[0]["b"], two[1]["b"]) = (two[1]["b"], two[0]["b"]);
            (two[0]["k"], two[1]["k"]) = (two[1]["k"], two[0]["k"]);
        }
    }

    /// <summary>What is added after a start is applied apart from what was there.</summary>
    private async Task AddSecondRunOfClientsAsync()
    {
        await using var store = await _home.OpenAsync();
        await store.AddAsync(Sample.NewClient());
    }

    private static Task RefusesAsync(Func<Task> act) => Expect.FailsAsync(StorageFailure.Corrupt, act);

    /// <summary>The store, with one bit of this field turned in all documents that have it.</summary>
    private Task<IRegistrationStore> DamagedAsync(string collection, string field) => DamagedAsync(collection, documents =>
    {
        foreach (var document in documents.Where(d => d.ContainsKey(field)))
        {
            document[field] = Other(document[field]);
        }
    });

    private async Task<IRegistrationStore> DamagedAsync(string collection, Action<List<BsonDocument>> damage)
    {
        var data = DataFile.Rewritten(_home.Disk[StoreFiles.Data], engine =>
        {
            var documents = DataFile.All(engine, collection);
            damage(documents);
            engine.Update(collection, documents);
        });
        _home.Disk = _home.Disk.With(StoreFiles.Data, data);
        return await _home.OpenAsync();
    }

    private static BsonValue Other(BsonValue value) => value switch
    {
        { IsInt32: true } => value.AsInt32 ^ 4,
        { IsInt64: true } => value.AsInt64 ^ 4,
        _ => (byte[])[.. value.AsBinary.Select((b, i) => i == value.AsBinary.Length / 2 ? (byte)(b ^ 4) : b)],
    };
}
