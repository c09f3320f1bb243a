using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Transfer;
using GrpcDcr.Storage.Tests.Contract;
using GrpcDcr.Storage.Tests.LiteDb;
using GrpcDcr.Storage.Tests.Postgres;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Transfer;

/// <summary>Moving a store into another one, of the same engine or the other.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-transfer-").FullName;

    private string File => Path.Combine(_folder, "archive.jsonl");

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("LiteDb", "Postgres")]
    [InlineData("Postgres", "LiteDb")]
    [InlineData("LiteDb", "LiteDb")]
    public async Task The_other_store_holds_all_that_the_first_one_held(string from, string to)
    {
        await using var source = HomeOf(from);
        await using var target = HomeOf(to);
        await using var one = await OpenAsync(source);
        await FillAsync(one);

        var exported = await StoreExport.WriteAsync(one, File, TimeProvider.System, _ => { }, CancellationToken.None);
        await using var two = await OpenAsync(target);
        await ImportAsync(two);

        Expect.Same(await one.AllAsync(), await two.AllAsync());
        Expect.Same(await one.AuditAsync(), await two.AuditAsync());
        Expect.Same(await one.InitialAccessTokensAsync(), await two.InitialAccessTokensAsync());
        Assert.Equal(await one.GetRegistrationStatusAsync(), await two.GetRegistrationStatusAsync());
        Assert.Equal(await StatementsAsync(one), await StatementsAsync(two));
        Assert.Equal(exported, Archive.Check(File).Totals);
        Assert.Equal((await one.AllAsync()).Count, exported.Clients);

        // And it goes on from there.
        await two.RecordAsync(Sample.Event());
        Assert.Equal(exported.AuditEvents + 1, (await two.AuditAsync())[^1].Sequence);
        var spent = await two.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: Sample.SoftwareStatement("used")));
        Assert.Equal(AddOutcome.SoftwareStatementReplayed, spent);
    }

    [Theory]
    [InlineData("LiteDb")]
    [InlineData("Postgres")]
    public async Task An_import_that_was_interrupted_goes_on(string to)
    {
        await ExportSampleAsync();
        await using var target = HomeOf(to);
        await using var store = await OpenAsync(target);
        for (var lines = 512; lines <= 1024; lines += 512)
        {
            using var interrupting = new CancellationTokenSource();
            var until = lines;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreImport.FillAsync(
                store, Archive.Check(File), placed => Interrupt(placed, until, interrupting), interrupting.Token));
            Assert.NotNull((await store.GetRegistrationStatusAsync()).ImportId);
        }

        await ImportAsync(store);
        await ImportAsync(store);

        using var sum = new ArchiveSum();
        await foreach (var item in store.ReadAllAsync(CancellationToken.None))
        {
            sum.Add(item);
        }

        Assert.Equal(Archive.Check(File).Totals, sum.Total());
        Assert.Null((await store.GetRegistrationStatusAsync()).ImportId);
    }

    [Fact]
    public async Task A_store_that_holds_something_else_is_left_alone()
    {
        await ExportSampleAsync();
        await using var target = new LiteDbHome();
        await using var store = await OpenAsync(target);
        var client = Sample.NewClient();
        await store.AddAsync(client);

        var refusal = await Assert.ThrowsAsync<ArchiveException>(() => ImportAsync(store));

        Assert.Contains("not empty", refusal.Message, StringComparison.Ordinal);
        Expect.Same([client], await store.AllAsync());
        Assert.Equal(RegistrationStatus.Enabled, await store.GetRegistrationStatusAsync());
    }

    [Fact]
    public async Task A_store_half_filled_by_another_archive_is_left_alone()
    {
        await ExportSampleAsync();
        await using var target = new LiteDbHome();
        await using var store = await OpenAsync(target);
        await store.ImportAsync(
            new ArchivedRegistrationStatus(new RegistrationStatus(true, ImportId: Sample.NewId().Value)), CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<ArchiveException>(() => ImportAsync(store));

        Assert.Contains("Another import", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await store.AllAsync());
    }

    [Fact]
    public async Task An_archive_has_no_secret_in_it_but_hashes_and_only_its_owner_reads_it()
    {
        await ExportSampleAsync();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }

        var line = (await System.IO.File.ReadAllLinesAsync(File)).First(l => l.StartsWith("""{"client":""", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(line);
        Assert.Equal(32, document.RootElement.GetProperty("client").GetProperty("secret_sha256").GetBytesFromBase64().Length);
    }

    [Fact]
    public async Task Does_not_write_over_a_file()
    {
        await System.IO.File.WriteAllTextAsync(File, "precious");

        await Assert.ThrowsAsync<ArchiveException>(ExportSampleAsync);

        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(File));
    }

    [Theory]
    [InlineData(0, null, "does not begin with")]
    [InlineData(0, "{}", "line 1")]
    [InlineData(0, """{"grpcdcr_archive":{"version":2,"id":"01a0aaaa-0000-7000-8000-000000000001"}}""", "version 2")]
    [InlineData(0, """{"grpcdcr_archive":{"version":1}}""", "line 1")]
    [InlineData(3, "not JSON", "line 4")]
    [InlineData(3, """{"client":{"client_id":"AAAA"}}""", "line 4")]
    [InlineData(3, """{"spaceship":{}}""", "line 4: 'spaceship'")]
    [InlineData(3, null, "was changed")]
    [InlineData(-1, null, "cut off")]
    [InlineData(-1, """{"end":{"audit_events":1}}""", "totals")]
    public async Task Refuses_a_damaged_archive_and_says_where(int at, string? instead, string message)
    {
        await ExportSampleAsync();
        var lines = (await System.IO.File.ReadAllLinesAsync(File)).ToList();
        var index = at < 0 ? lines.Count + at : at;
        lines.RemoveAt(index);
        if (instead is not null)
        {
            lines.Insert(index, instead);
        }

        await System.IO.File.WriteAllLinesAsync(File, lines);

        var refusal = Assert.Throws<ArchiveException>(() => Archive.Check(File));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static void Interrupt(long placed, int until, CancellationTokenSource interrupting)
    {
        if (placed == until)
        {
            interrupting.Cancel();
        }
    }

    private async Task ExportSampleAsync()
    {
        await using var home = new LiteDbHome();
        await using var store = await OpenAsync(home);
        await FillAsync(store);
        await StoreExport.WriteAsync(store, File, TimeProvider.System, _ => { }, CancellationToken.None);
    }

    private Task ImportAsync(IStoreArchive store) =>
        StoreImport.FillAsync(store, Archive.Check(File), _ => { }, CancellationToken.None);

    private static async Task FillAsync(IRegistrationStore store)
    {
        var token = Sample.NewInitialAccessToken(5);
        await store.AddInitialAccessTokenAsync(token, Sample.Request("issue", token.Id.Value));
        var clients = Enumerable.Range(0, 900).Select(i => Sample.NewClient((ClientState)(1 + (i % 4)))).ToList();
        await Task.WhenAll(clients.Select(c => store.AddAsync(c).AsTask()));
        await store.AddAsync(Sample.NewClient(), new ConsumedCredentials(token.Id, Sample.SoftwareStatement("used")));
        foreach (var client in clients.Take(20))
        {
            await store.ReplaceAsync(client.Next());
        }

        await store.RemoveAsync(clients[0].Id, 2);
        await store.SetRegistrationStatusAsync(new RegistrationStatus(true, "flood", Sample.Start));
        await store.AddBlockRuleAsync(new BlockRule(
            Guid.CreateVersion7(), BlockSubject.ClientName, "Evil", BlockEffect.Hold, "", Sample.Start, "alice", Sample.Start.AddDays(1)));
    }

    private static async Task<IStoreArchive> OpenAsync(StoreHome home) => (IStoreArchive)await home.OpenAsync();

    private static StoreHome HomeOf(string engine) => engine == "LiteDb" ? new LiteDbHome() : new PostgresHome();

    private static async Task<List<string>> StatementsAsync(IStoreArchive store) =>
        [.. (await store.ListOneTimeUsesAsync(new PageRequest(PageRequest.MaxSize), CancellationToken.None)).Items
            .Select(use => Convert.ToHexString(use.Key.Bytes.Span) + use.Until + use.Result)];
}
