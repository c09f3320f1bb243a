using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>What changes while the service runs: on SIGHUP, and for certificates as soon as their files do.</summary>
public sealed class ReloadTests
{
    private const string First = "the-first-token-of-the-tests";
    private const string Second = "the-second-token-of-the-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_rotated_token_works_from_the_signal_on_and_the_old_one_does_not()
    {
        using var folder = new DataFolder();
        await using var server = await StartAsync(folder, First);

        await WriteTokenAsync(folder, Second);
        Assert.Equal(HttpStatusCode.OK, await ListAsync(server, First));
        await HangUpAsync(server, ServerProcess.Reloaded);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await ListAsync(server, Second), await ListAsync(server, First)));
    }

    [Fact]
    public async Task A_wrong_configuration_changes_nothing_and_the_log_says_why()
    {
        using var folder = new DataFolder();
        await using var server = await StartAsync(folder, First);

        await WriteTokenAsync(folder, Second);
        await File.WriteAllTextAsync(SettingsOf(folder), """{"RateLimit":{"Globl":1}}""");
        await HangUpAsync(server, ServerProcess.NotReloaded);

        Assert.Contains("RateLimit:Globl", server.Process.Output, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await ListAsync(server, First), await ListAsync(server, Second)));
        Assert.DoesNotContain(Second, server.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_that_cannot_be_read_does_not_end_the_service()
    {
        using var folder = new DataFolder();
        await using var server = await StartAsync(folder, First);

        File.Delete(folder.AdminTokenFile);
        System.IO.Directory.CreateDirectory(folder.AdminTokenFile);
        await HangUpAsync(server, ServerProcess.NotReloaded);

        Assert.Equal(HttpStatusCode.OK, await ListAsync(server, First));
    }

    [Fact]
    public async Task A_setting_that_needs_a_restart_is_named()
    {
        using var folder = new DataFolder();
        await using var server = await StartAsync(folder, First);

        await File.WriteAllTextAsync(
            SettingsOf(folder), """{"RequestLimits":{"BodyTimeout":"00:00:20"},"Logging":{"LogLevel":{"GrpcDcr":"Debug"}}}""");
        await HangUpAsync(server, ServerProcess.NeedsRestart);

        var line = server.Process.Output.Split('\n').Single(line => line.Contains(ServerProcess.NeedsRestart, StringComparison.Ordinal));
        Assert.EndsWith("after a restart: RequestLimits:BodyTimeout", line.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_certificate_is_presented_without_a_restart_or_a_signal()
    {
        using var folder = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            folder, TestCertificate.Make(folder.Path), $"Kestrel:Endpoints:Public:Url=https://127.0.0.1:{FreePort.Next()}");

        var renewed = TestCertificate.Make(folder.Path);

        var started = Stopwatch.GetTimestamp();
        while (!await IsPresentedAsync(server, renewed))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, server.Process.Output);
        }
    }

    /// <summary>A connection of its own each time, because the certificate belongs to the connection.</summary>
    private static async Task<bool> IsPresentedAsync(ServerProcess server, TestCertificate certificate)
    {
        using var http = new HttpClient(certificate.TrustingHandler());
        try
        {
            using var answer = await http.GetAsync(new Uri(server.Issuer));
            return true;
        }
        catch (HttpRequestException e) when (
            e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError)
        {
            // The old one, or the listener is being opened anew.
            return false;
        }
    }

    private static async Task<ServerProcess> StartAsync(DataFolder folder, string token)
    {
        System.IO.Directory.CreateDirectory(folder.Data);
        await WriteTokenAsync(folder, token);
        await File.WriteAllTextAsync(SettingsOf(folder), "{}");
        return await ServerProcess.StartAsync(folder);
    }

    private static string SettingsOf(DataFolder folder) => Path.Combine(folder.Path, "appsettings.json");

    /// <summary>The file from which a service without configured tokens reads that of its administrator.</summary>
    private static Task WriteTokenAsync(DataFolder folder, string token) => File.WriteAllTextAsync(folder.AdminTokenFile, token);

    private static async Task HangUpAsync(ServerProcess server, string line)
    {
        using var kill = Process.Start("kill", ["-HUP", $"{server.Process.Id}"]);
        await kill.WaitForExitAsync();
        await server.Process.LineWithAsync(line, Patience);
    }

    private static async Task<HttpStatusCode> ListAsync(ServerProcess server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/clients");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Admin.SendAsync(request);
        return answer.StatusCode;
    }
}
