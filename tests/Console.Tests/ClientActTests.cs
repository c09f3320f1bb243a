using System.Net;
using System.Text.RegularExpressions;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Console.Tests;

/// <summary>The acts of administrators on the page of a client, over HTTP.</summary>
public sealed partial class ClientActTests(SampleConsole console)
{
    private readonly RunningServer _server = console.Server;

    [Fact]
    public async Task A_client_that_changed_since_it_was_reviewed_is_shown_anew_and_not_approved()
    {
        var registered = await _server.RegisteredAsync(SampleConsole.Named("First name", "first.example"));
        var (id, token) = (
            registered.GetProperty("client_id").GetString()!, registered.GetProperty("registration_access_token").GetString());
        using var visitor = await Visitor.SignedInAsync(_server);
        var reviewed = await visitor.GetAsync($"/console/clients/{id}");
        var etag = EtagIn(reviewed.Body);
        var body = SampleConsole.Named("Second name", "second.example").Insert(1, $"\"client_id\":\"{id}\",");
        await _server.SendAsync(HttpMethod.Put, $"/oauth/register/{id}", Bodies.Json(body), "Authorization: Bearer " + token);

        var stale = await visitor.PostAsync(
            $"/console/clients/{id}/approve",
            (Visitor.AntiforgeryField, Visitor.TokenIn(reviewed.Body)), ("etag", etag), ("reason", "fine"));

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("The client has changed since it was read.", stale.Body, StringComparison.Ordinal);
        Assert.Contains("Second name", stale.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"fine\"", stale.Body, StringComparison.Ordinal);
        Assert.Equal("PENDING", await StateAsync(id));
        var again = await visitor.PostAsync(
            $"/console/clients/{id}/approve",
            (Visitor.AntiforgeryField, Visitor.TokenIn(stale.Body)), ("etag", EtagIn(stale.Body)), ("reason", "fine"));
        Assert.Equal((HttpStatusCode.SeeOther, $"/console/clients/{id}"), (again.Status, again.Headers.Location?.OriginalString));
        Assert.Equal("ACTIVE", await StateAsync(id));
    }

    [Theory]
    [InlineData("approve", "A_", "etag")]
    [InlineData("reject", "A reason is required.", "reason")]
    [InlineData("reinstate", "cannot be reinstated", "")]
    [InlineData("annotate", "must have at least one key", "")]
    [InlineData("note", "A text is required.", "text")]
    public async Task What_is_missing_is_said_and_nothing_happens(string act, string said, string field)
    {
        var id = await _server.ClientInAsync(ClientState.Pending);
        using var visitor = await Visitor.SignedInAsync(_server);
        var etag = (await _server.AdminAsync(HttpMethod.Get, "clients/" + id)).Text("etag")!;
        var token = await visitor.AntiforgeryTokenAsync("/console");
        List<(string, string)> fields = [(Visitor.AntiforgeryField, token)];
        if (field != "etag" && act != "note")
        {
            fields.Add(("etag", etag));
        }

        var answer = await visitor.PostAsync($"/console/clients/{id}/{act}", [.. fields]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(
            field == "etag" ? "The etag of the client that was read is required." : said, answer.Body, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", answer.Body, StringComparison.Ordinal);
        Assert.Equal("PENDING", await StateAsync(id));
    }

    [Fact]
    public async Task Suspending_blocks_what_is_chosen()
    {
        var id = await _server.ClientInAsync(ClientState.Active, SampleConsole.Named("Flood", "flood.example"));
        using var visitor = await Visitor.SignedInAsync(_server);
        var wrong = await visitor.SubmitAsync("/console", $"/console/clients/{id}/suspend", ("reason", "flood"), ("block", "NOTHING"));
        Assert.Contains("Each block must be one of", wrong.Body, StringComparison.Ordinal);

        var done = await visitor.SubmitAsync(
            $"/console/clients/{id}/suspend", $"/console/clients/{id}/suspend",
            ("reason", "flood"), ("public_reason", "sent too much"), ("block", "REDIRECT_HOST"), ("block", "CLIENT_NAME"));

        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        var rules = (await _server.AdminAsync(HttpMethod.Get, "block-rules")).Body;
        Assert.Contains("flood.example", rules, StringComparison.Ordinal);
        Assert.Contains("\"Flood\"", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("SOURCE_NETWORK", rules, StringComparison.Ordinal);
        var after = await visitor.GetAsync($"/console/clients/{id}");
        Assert.Contains("The client is suspended, and its program is blocked.", after.Body, StringComparison.Ordinal);
        Assert.Contains("sent too much", after.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("is suspended, and", (await visitor.GetAsync($"/console/clients/{id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_client_secret_is_shown_once_and_in_no_address_and_no_log()
    {
        var id = await _server.ClientInAsync(ClientState.Active);
        using var visitor = await Visitor.SignedInAsync(_server);
        var form = await visitor.GetAsync($"/console/clients/{id}/rotate-secret");
        (string, string)[] fields =
        [
            (Visitor.AntiforgeryField, Visitor.TokenIn(form.Body)),
            ("request_id", Field(form.Body, "request_id")),
            ("reason", "leaked"),
        ];

        var shown = await visitor.PostAsync($"/console/clients/{id}/rotate-secret", fields);

        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.True(shown.Headers.CacheControl?.NoStore);
        var secret = WebUtility.HtmlDecode(SecretText().Match(shown.Body).Groups[1].Value);
        Assert.True((await _server.AuthenticateAsync(id, secret)).Client.ClientId == id);
        Assert.DoesNotContain(_server.Log.All, line => line.Contains(secret, StringComparison.Ordinal));
        var again = await visitor.PostAsync($"/console/clients/{id}/rotate-secret", fields);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("shown only once", again.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, again.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reissued_registration_access_token_works()
    {
        var id = await _server.ClientInAsync(ClientState.Active);
        using var visitor = await Visitor.SignedInAsync(_server);
        var shown = await visitor.SubmitAsync($"/console/clients/{id}/reissue-token", $"/console/clients/{id}/reissue-token");
        var token = WebUtility.HtmlDecode(SecretText().Match(shown.Body).Groups[1].Value);
        var read = await _server.SendAsync(HttpMethod.Get, $"/oauth/register/{id}", null, "Authorization: Bearer " + token);
        Assert.Equal(HttpStatusCode.OK, read.Status);
    }

    [Fact]
    public async Task Annotations_are_added_changed_and_removed_together()
    {
        var id = await _server.ClientInAsync(ClientState.Active);
        using var visitor = await Visitor.SignedInAsync(_server);
        var path = $"/console/clients/{id}/annotate";
        await SaveAsync(("key", "team"), ("value", "billing"), ("key", ""), ("value", ""), ("key", "tier"), ("value", "gold"));
        Assert.Equal("""{"team":"billing","tier":"gold"}""", await AnnotationsAsync());
        await SaveAsync(("key", "team"), ("value", "sales"), ("key", "tier"), ("value", "gold"), ("remove", "tier"));
        Assert.Equal("""{"team":"sales"}""", await AnnotationsAsync());

        var wrong = await visitor.SubmitAsync(path, path, ("key", "Not a key"), ("value", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("value=\"Not a key\"", wrong.Body, StringComparison.Ordinal);
        var uneven = await visitor.SubmitAsync(path, path, ("key", "a"));
        Assert.Contains("Each key must have a value.", uneven.Body, StringComparison.Ordinal);
        var twice = await visitor.SubmitAsync(path, path, ("key", "a"), ("value", "1"), ("key", "a"), ("value", "2"));
        Assert.Contains("is there more than once", twice.Body, StringComparison.Ordinal);
        Assert.Equal("""{"team":"sales"}""", await AnnotationsAsync());

        async Task SaveAsync(params (string, string)[] fields)
        {
            var page = await visitor.GetAsync(path);
            var answer = await visitor.PostAsync(
                path, [(Visitor.AntiforgeryField, Visitor.TokenIn(page.Body)), ("etag", EtagIn(page.Body)), .. fields]);
            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        }

        async Task<string> AnnotationsAsync() =>
            (await _server.AdminAsync(HttpMethod.Get, "clients/" + id)).Json.GetProperty("annotations").GetRawText()
                .Replace(" ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_client_is_gone_and_its_page_says_who_deleted_it_and_what_happened_before()
    {
        var id = await _server.ClientInAsync(ClientState.Active);
        using var visitor = await Visitor.SignedInAsync(_server);
        var done = await visitor.SubmitAsync($"/console/clients/{id}/delete", $"/console/clients/{id}/delete", ("reason", "gone <b>"));
        Assert.Equal("/console/clients", done.Headers.Location?.OriginalString);
        Assert.Contains($"The client {id} is deleted.", (await visitor.GetAsync("/console/clients")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.AdminAsync(HttpMethod.Delete, "clients/" + id)).Status);

        var page = await visitor.GetAsync($"/console/clients/{id}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("There is no such client", page.Visible(), StringComparison.Ordinal);
        Assert.Matches(@"It was deleted by admin \(admin\) at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC : gone <b>", page.Visible());
        Assert.Equal(
            ["CLIENT_DELETED", "CLIENT_DELETED", "CLIENT_APPROVED", "CLIENT_REGISTERED"],
            Regex.Matches(page.Body, "<th scope=\"row\"[^>]*>\\s*([A-Z_]+)").Select(row => row.Groups[1].Value));
        Assert.DoesNotContain($"/console/clients/{id}/", page.Body, StringComparison.Ordinal);
        var act = await visitor.GetAsync($"/console/clients/{id}/approve");
        Assert.Equal(HttpStatusCode.NotFound, act.Status);
        Assert.Contains("The client does not exist.", act.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("01a22d80-0000-7000-8000-000000000001")]
    public async Task A_client_that_never_was_is_not_found_and_has_no_history(string id)
    {
        using var visitor = await Visitor.SignedInAsync(_server);
        var page = await visitor.GetAsync($"/console/clients/{id}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains($"There is no client {id} now, and nothing is known of one.", page.Visible(), StringComparison.Ordinal);
        Assert.DoesNotContain("History", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acts_are_in_the_audit_log_with_the_name_of_the_token_and_the_request_of_the_page()
    {
        var id = await _server.ClientInAsync(ClientState.Pending);
        using var visitor = await Visitor.SignedInAsync(_server, SampleConsole.ApproverToken);
        var page = await visitor.GetAsync($"/console/clients/{id}");
        var done = await visitor.PostAsync(
            $"/console/clients/{id}/reject",
            (Visitor.AntiforgeryField, Visitor.TokenIn(page.Body)), ("etag", EtagIn(page.Body)), ("reason", "phishing"));
        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        var recorded = (await _server.AdminAsync(HttpMethod.Get, "audit-events?client_id=" + id)).Json.GetProperty("events")[0];
        Assert.Equal("CLIENT_REJECTED", recorded.GetProperty("type").GetString());
        Assert.Equal("approver", recorded.GetProperty("actor").GetProperty("name").GetString());
        Assert.Equal("APPROVER", recorded.GetProperty("actor").GetProperty("role").GetString());
        Assert.Equal(done.Headers.GetValues("X-Request-ID").Single(), recorded.GetProperty("correlation_id").GetString());
    }

    private async Task<string?> StateAsync(string id) => (await _server.AdminAsync(HttpMethod.Get, "clients/" + id)).Text("state");

    private static string EtagIn(string page) => Field(page, "etag");

    private static string Field(string page, string name) =>
        Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<code class=\"secret\">([^<]+)</code>")]
    private static partial Regex SecretText();
}
