using System.Net;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Console.Tests;

/// <summary>What holds for every form there is, found on the pages and in the routes.</summary>
[Collection<AllPages>]
public sealed class FormTests(SampleConsole console, PageWalk walk)
{
    [Fact]
    public async Task Every_form_on_a_page_has_the_antiforgery_token_and_fields_that_its_target_reads()
    {
        var pages = ConsoleRoutes.All(console.Server.Services).ToList();
        var sent = new HashSet<string>();
        foreach (var (form, action) in (await walk.PagesAsync()).SelectMany(page => page.Forms.Where(form => form.IsPost)
            .SelectMany(form => form.Targets.Select(target => (form, (target ?? page.Path).Split('?')[0])))))
        {
            var page = pages.Find(page => ConsoleRoutes.PathOf(page, console) == action) ?? pages.Single(page => Matches(page, action));
            Assert.Equal([Visitor.AntiforgeryField], form.Names.Except(await FieldsAsync(page, "Form")));
            sent.Add(ConsoleRoutes.TemplateOf(page));
        }

        Assert.Equal(pages.Where(page => ConsoleRoutes.Has(page, "POST")).Select(ConsoleRoutes.TemplateOf).ToHashSet(), sent);
    }

    [Fact]
    public async Task Fields_that_a_page_does_not_have_are_refused_by_name_and_so_are_fields_that_are_there_twice()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var token = await visitor.AntiforgeryTokenAsync("/console");
        foreach (var page in ConsoleRoutes.All(console.Server.Services).Where(page => ConsoleRoutes.Has(page, "POST")))
        {
            var path = ConsoleRoutes.PathOf(page, console);
            var unknown = await visitor.PostAsync(path, (Visitor.AntiforgeryField, token), ("frobnicate", "1"));
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, unknown.Status));
            Assert.Contains("no form field &#x27;frobnicate&#x27; here", unknown.Body, StringComparison.Ordinal);
            var twice = await visitor.PostAsync(path, (Visitor.AntiforgeryField, token), (Visitor.AntiforgeryField, token));
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, twice.Status));
            Assert.Contains("was sent more than once", twice.Body, StringComparison.Ordinal);
            var query = await visitor.PostAsync(path + "?frobnicate=1", (Visitor.AntiforgeryField, token));
            Assert.Contains("no query parameter &#x27;frobnicate&#x27; here", query.Body, StringComparison.Ordinal);
        }

        Assert.Equal("ACTIVE", (await console.Server.AdminAsync(HttpMethod.Get, "clients/" + console.Updated)).Text("state"));
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data; boundary=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("", HttpStatusCode.UnsupportedMediaType)]
    public async Task Nothing_but_a_form_is_read(string type, HttpStatusCode status)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/console/clients/{console.Updated}/delete")
        {
            Content = Bodies.Content("reason=x"u8.ToArray(), type.Length == 0 ? null : type),
        };
        Assert.Equal(status, (await visitor.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Forms_that_are_too_large_are_refused()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var path = $"/console/clients/{console.Updated}/delete";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Visitor.FormOf(("reason", new string('x', 70_000))) };
        request.Headers.ExpectContinue = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await visitor.SendAsync(request)).Status);
        var many = await visitor.PostAsync(path, [.. Enumerable.Range(0, 5_000).Select(i => ($"{i}", ""))]);
        Assert.Equal(HttpStatusCode.BadRequest, many.Status);
    }

    private static bool Matches(RouteEndpoint page, string path)
    {
        var (pattern, parts) = (ConsoleRoutes.TemplateOf(page).Split('/'), path.Split('/'));
        return pattern.Length == parts.Length && pattern.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }

    private async Task<IEnumerable<string>> FieldsAsync(RouteEndpoint page, string source)
    {
        var loader = console.Server.Services.GetRequiredService<PageLoader>();
        var compiled = await loader.LoadAsync(page.Metadata.GetRequiredMetadata<PageActionDescriptor>(), page.Metadata);
        return compiled.BoundProperties
            .Where(property => property.BindingInfo?.BindingSource?.Id == source)
            .Select(property => property.BindingInfo!.BinderModelName!);
    }
}
