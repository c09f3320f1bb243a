using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Integration.Tests.Hosting;

/// <summary>Which store the service starts on.</summary>
public sealed class StorageSettingsTests
{
    [Theory]
    [InlineData("", "Storage:Postgres:ConnectionString (command line) is not acceptable")]
    [InlineData("Database=x;Password=hidden", "names no Host")]
    [InlineData("Host=x;Nonsense=hidden", "cannot be read")]
    [InlineData("Host=x;Port=hidden", "cannot be read")]
    public async Task Refuses_a_connection_string_that_cannot_be_and_does_not_repeat_it(string connectionString, string message)
    {
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync(
            "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={connectionString}"));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Root Certificate")]
    [InlineData("SSL Certificate")]
    [InlineData("SSL Key")]
    [InlineData("Passfile")]
    public async Task Names_a_file_of_the_connection_string_that_does_not_exist(string keyword)
    {
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync(
            "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString=Host=x;Password=hidden;{keyword}=/nowhere/at/all.pem"));

        var problem = Assert.Single(refusal.Problems);
        Assert.StartsWith("Storage:Postgres:ConnectionString (command line) is not acceptable.", problem, StringComparison.Ordinal);
        Assert.Contains($"{keyword} that does not exist: '/nowhere/at/all.pem'", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_file_of_the_connection_string_that_cannot_be_read()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync(
            "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString=Host=x;Root Certificate={folder}"));

        Assert.Contains($"cannot read: '{folder}'", Assert.Single(refusal.Problems), StringComparison.Ordinal);
        System.IO.Directory.Delete(folder);
    }

    [Fact]
    public async Task Asks_for_tokens_that_all_instances_share()
    {
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync(
            "Storage:Engine=Postgres", "Storage:Postgres:ConnectionString=Host=x", "Authentication:Tokens:admin:Token="));

        Assert.Contains("Authentication:Tokens:admin:Token (command line) is not acceptable", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_start_on_a_store_that_an_import_filled_by_half()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;
        await using (var store = new LiteDbStore(new LiteDbOptions(folder), TimeProvider.System, NullLogger.Instance))
        {
            await store.OpenAsync(CancellationToken.None);
            var unfinished = new RegistrationStatus(Closed: true, ImportId: Guid.CreateVersion7());
            await store.ImportAsync(new ArchivedRegistrationStatus(unfinished), CancellationToken.None);
        }

        var refusal = await Assert.ThrowsAsync<StorageException>(() => RunningServer.StartInAsync(folder));

        Assert.Contains("Run the same 'import' again", refusal.Message, StringComparison.Ordinal);
        System.IO.Directory.Delete(folder, recursive: true);
    }
}
