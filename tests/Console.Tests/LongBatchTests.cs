using System.Net.Sockets;
using System.Text;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>The answer to an act on many clients grows while the act goes on, so that a browser waits for thousands.</summary>
public sealed class LongBatchTests(Chromium chromium) : IAsyncLifetime
{
    private const string Path = "/console/clients/batch-delete";

    private RunningServer? _server;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await ConsoleServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Two_thousand_clients_are_deleted_in_a_browser_without_JavaScript()
    {
        await CreateAsync(2_000);
        await using var window = await Window.OpenAsync(chromium, Server);
        await window.SignInAsync(path: "/console/clients?filter.state=ACTIVE");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Delete all that match" }).ClickAsync();
        Assert.Contains("2,000 clients match, the first 20 of them", await TextAsync(window), StringComparison.Ordinal);
        await window.Page.GetByLabel("How many clients: type 2000").FillAsync("2000");
        await window.Page.GetByLabel("Reason").FillAsync("cleaned up");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Delete 2,000 clients" }).ClickAsync();
        await window.Page.GetByText("Done: 2,000 deleted, 0 refused.").WaitForAsync();
        Assert.Contains("1,950 of 2,000", await TextAsync(window), StringComparison.Ordinal);
        Assert.Equal(0, await Server.CountClientsAsync());
    }

    [Fact]
    public async Task Each_part_of_the_answer_is_sent_before_the_next_clients_are_acted_on()
    {
        await CreateAsync(120);
        using var visitor = await Visitor.SignedInAsync(Server);
        var token = await visitor.AntiforgeryTokenAsync(Path);
        using var form = Visitor.FormOf((Visitor.AntiforgeryField, token), ("confirmed", "true"), ("expected_count", "120"));
        var fields = await form.ReadAsStringAsync();
        var cookies = visitor.Cookies.GetCookieHeader(new Uri(Server.AdminAddress, Path));
        using var socket = new TcpClient();
        await socket.ConnectAsync(Server.AdminAddress.Host, Server.AdminAddress.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join(
            "\r\n", $"POST {Path} HTTP/1.1", $"Host: {Server.AdminAddress.Authority}", $"Cookie: {cookies}", "Connection: close",
            "Content-Type: application/x-www-form-urlencoded", $"Content-Length: {fields.Length}", "", fields)));
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync();

        // A part that is sent is a chunk of its own; the whole page would be one.
        Assert.Matches(@">0 of 120</li>\n\r\n[0-9a-f]+\r\n<li class=""quiet"">50 of 120</li>\n\r\n[0-9a-f]+\r\n<li", answer);
        Assert.Contains("Done: 120 deleted, 0 refused.", answer, StringComparison.Ordinal);
    }

    private Task CreateAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Server.Administration().CreateClientAsync(
        new() { Metadata = new() { RedirectUris = { "https://client.example/cb" } } }).ResponseAsync));

    private static Task<string> TextAsync(Window window) => window.Page.GetByRole(AriaRole.Main).InnerTextAsync();
}
