using System.Net;
using GrpcDcr.Console.Tests.Running;

namespace GrpcDcr.Console.Tests;

/// <summary>What holds for responses of the console, whatever they are.</summary>
public sealed class ResponseTests(SampleConsole console)
{
    public static TheoryData<string, HttpStatusCode> Paths => new()
    {
        { "/console", HttpStatusCode.OK },
        { "/console/sign-in", HttpStatusCode.OK },
        { "/console/sign-in?return=https://evil.example/", HttpStatusCode.BadRequest },
        { "/console/sign-in?return=/consolation", HttpStatusCode.BadRequest },
        { "/console/sign-in?return=//evil.example/console", HttpStatusCode.BadRequest },
        { "/console?page_token=x", HttpStatusCode.BadRequest },
        { "/console?frobnicate=1", HttpStatusCode.BadRequest },
        { "/console?handler=x", HttpStatusCode.BadRequest },
        { "/console/", HttpStatusCode.OK },
        { "/console/no-such-page", HttpStatusCode.NotFound },
        { "/console/sign-out", HttpStatusCode.MethodNotAllowed },
        { "/Endpoints/Console/Shared/ErrorPage", HttpStatusCode.NotFound },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Are_pages_that_nobody_may_store_frame_or_extend(string path, HttpStatusCode status)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var answer = await visitor.GetAsync(path);
        Assert.Equal(status, answer.Status);
        if (!path.StartsWith("/console", StringComparison.Ordinal))
        {
            return;
        }

        Assert.Equal("text/html", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.NotEmpty(answer.Headers.GetValues("X-Request-ID"));
        Assert.DoesNotContain(" style=", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<style", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        if (status != HttpStatusCode.OK)
        {
            var id = answer.Headers.GetValues("X-Request-ID").Single();
            Assert.Contains(id, WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/console?frobnicate=1&x=2", "&#x27;frobnicate&#x27; here. Allowed: page_token.")]
    [InlineData("/console?frobnicate=1&x=2", "&#x27;x&#x27; here.")]
    [InlineData("/console?page_token=&page_token=", "page_token was sent more than once.")]
    [InlineData("/console/sign-in?x=1", "&#x27;x&#x27; here. Allowed: return.")]
    public async Task Name_what_was_not_understood(string path, string said)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        Assert.Contains(said, (await visitor.GetAsync(path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_methods_that_a_page_does_not_have_are_405_and_a_page()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        foreach (var page in ConsoleRoutes.All(console.Server.Services))
        {
            foreach (var verb in new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" }.Where(verb => !ConsoleRoutes.Has(page, verb)))
            {
                using var request = new HttpRequestMessage(new HttpMethod(verb), ConsoleRoutes.PathOf(page, console));
                var answer = await visitor.SendAsync(request);
                Assert.Equal(
                    (HttpStatusCode.MethodNotAllowed, "text/html"), (answer.Status, answer.ContentHeaders.ContentType?.MediaType));
                Assert.Contains("This method is not allowed here.", answer.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Are_the_same_for_HEAD_without_a_body()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        using var request = new HttpRequestMessage(HttpMethod.Head, "/console");
        var head = await visitor.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, "text/html", ""), (head.Status, head.ContentHeaders.ContentType?.MediaType, head.Body));
    }

    [Fact]
    public async Task Style_and_icon_are_found_by_their_fingerprint_and_may_be_kept()
    {
        using var visitor = new Visitor(console.Server.AdminAddress);
        var page = (await visitor.GetAsync("/console/sign-in")).Body;
        foreach (var (type, before) in new[] { ("text/css", "rel=\"stylesheet\" href=\""), ("image/svg+xml", "svg+xml\" href=\"") })
        {
            var path = Between(page, before);
            var answer = await visitor.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, type), (answer.Status, answer.ContentHeaders.ContentType?.MediaType));
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await visitor.SendAsync(again)).Status);
            var other = path.Replace("console.", "console.0", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(other)).Status);
        }
    }

    [Fact]
    public async Task Other_listeners_have_no_console()
    {
        foreach (var address in new[] { console.Server.PublicAddress, console.Server.ManagementAddress })
        {
            using var visitor = new Visitor(address);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/console")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/console/sign-in")).Status);
        }
    }

    [Fact]
    public async Task Where_the_console_is_disabled_it_is_not_found()
    {
        await using var server = await ConsoleServer.StartAsync("Console:Enabled=false");
        using var visitor = new Visitor(server.AdminAddress);
        var answer = await visitor.GetAsync("/console");
        Assert.Equal((HttpStatusCode.NotFound, "application/json"), (answer.Status, answer.ContentHeaders.ContentType?.MediaType));
        using var api = await server.Admin.GetAsync("/admin/v1/clients");
        Assert.Equal(HttpStatusCode.OK, api.StatusCode);
    }

    private static string Between(string page, string before)
    {
        var start = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return page[start..page.IndexOf('"', start)];
    }
}
