using System.Net;
using GrpcDcr.Admin.V1;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.Server.Endpoints.Console.Shared;

namespace GrpcDcr.Console.Tests;

/// <summary>The search for clients, over HTTP.</summary>
public sealed class SearchTests(SampleConsole console)
{
    [Fact]
    public async Task The_form_has_a_labelled_field_for_each_filter_and_the_order()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var page = (await visitor.GetAsync("/console/clients")).Body;
        foreach (var (name, _) in new QueryOfAttribute(typeof(ListClientsRequest)).Parameters)
        {
            Assert.True(name is "page_size" or "page_token" || page.Contains($"<label for=\"{name}\">", StringComparison.Ordinal), name);
        }
    }

    [Theory]
    [InlineData("filter.name_contains=VOIC", "Invoices")]
    [InlineData("filter.redirect_host=other.example", "Invoices")]
    [InlineData("filter.has_pending_update=true", "Invoices")]
    [InlineData("filter.state=SUSPENDED&filter.redirect_host=bank.example", ">Bank<")]
    [InlineData("filter.source_network=127.0.0.0/8&filter.name_prefix=Invoices&order=OLDEST_FIRST", "Invoices")]
    public async Task Filters_find_and_stay_in_the_form(string query, string found)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var answer = await visitor.GetAsync("/console/clients?" + query);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("<caption", answer.Body, StringComparison.Ordinal);
        Assert.Contains(found, answer.Body, StringComparison.Ordinal);
        foreach (var value in query.Split('&').Select(parameter => parameter.Split('=')[1]))
        {
            Assert.Contains($"value=\"{value}\"", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fields_that_nobody_filled_in_are_left_out_of_the_address()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var answer = await visitor.GetAsync("/console/clients?filter.name_contains=&filter.state=ACTIVE&order=");
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/console/clients?filter.state=ACTIVE"), (answer.Status, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Every_wrong_filter_is_named_beside_its_field()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var answer = await visitor.GetAsync("/console/clients?filter.state=x&filter.issue_start_time=yesterday");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        foreach (var name in new[] { "filter.state", "filter.issue_start_time" })
        {
            Assert.Contains($"<a href=\"#{name}\">{name} must be ", answer.Body, StringComparison.Ordinal);
        }

        Assert.Contains("value=\"yesterday\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_until_every_client_was_shown_once()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var (path, ids) = ((string?)"/console/clients?page_size=2", new List<string>());
        while (path is not null)
        {
            var page = (await visitor.GetAsync(path)).Body;
            ids.AddRange(page.Split("<th scope=\"row\"><a href=\"/console/clients/").Skip(1).Select(part => part.Split('"')[0]));
            path = page.Split("rel=\"next\" href=\"") is [_, var rest] ? WebUtility.HtmlDecode(rest.Split('"')[0]) : null;
        }

        Assert.Equal(ids.Distinct(), ids);
        Assert.Superset(new HashSet<string> { console.Pending, console.Updated, console.Suspended }, ids.ToHashSet());
    }
}
