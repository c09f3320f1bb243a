using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>What a client learns of its update that waits, and what stays effective meanwhile.</summary>
public sealed class PendingUpdateTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Registered = """
        {"client_name":"App","redirect_uris":["https://app.example/cb"],"scope":"openid email"}
        """;

    private const string Moved = "\"client_name\":\"App\",\"redirect_uris\":[\"https://new.example/cb\"],\"scope\":\"openid\"";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task The_answer_to_the_update_says_what_waits_and_what_was_given_up_at_once()
    {
        var client = await ApprovedAsync(_server);

        var pending = (await client.UpdateAsync(Moved)).IsRecord().Json.GetProperty("pending_update");

        Assert.Equal(_server.Time.GetUtcNow().ToUnixTimeSeconds(), pending.GetProperty("requested_at").GetInt64());
        var waiting = Assert.Single(pending.GetProperty("waiting").EnumerateArray());
        Assert.Equal("redirect_uris", waiting.GetProperty("member").GetString());
        Assert.False(waiting.TryGetProperty("effective", out _));
        Assert.Equal(["https://new.example/cb"], waiting.Strings("requested"));
        Assert.Contains("host", waiting.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var applied = pending.GetProperty("applied").EnumerateArray().ToDictionary(change => change.GetProperty("member").GetString()!);
        Assert.Equal(["redirect_uris", "scope"], applied.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["https://app.example/cb"], applied["redirect_uris"].Strings("before"));
        Assert.False(applied["redirect_uris"].TryGetProperty("after", out _));
        Assert.Equal(
            ("openid email", "openid"),
            (applied["scope"].GetProperty("before").GetString(), applied["scope"].GetProperty("after").GetString()));
    }

    [Fact]
    public async Task A_read_says_what_waits_until_an_administrator_decides()
    {
        var client = await ApprovedAsync(_server);
        await client.UpdateAsync(Moved);

        var pending = (await client.ReadAsync()).IsRecord().Json.GetProperty("pending_update");
        Assert.Single(pending.GetProperty("waiting").EnumerateArray());
        Assert.False(pending.TryGetProperty("applied", out _));

        await _server.ActAsync(client.ClientId, "approve");
        Assert.False((await client.ReadAsync()).IsRecord().Json.TryGetProperty("pending_update", out _));
    }

    [Fact]
    public async Task The_answer_over_grpc_has_the_values_as_json_text()
    {
        var client = await ApprovedAsync(_server);
        await client.UpdateAsync(Moved);

        var read = await _server.Registration(client.Token).ReadClientAsync(new() { ClientId = client.ClientId });

        var waiting = Assert.Single(read.ClientInformation.PendingUpdate.Waiting);
        Assert.Equal(("redirect_uris", "[\"https://new.example/cb\"]", false), (waiting.Member, waiting.Requested, waiting.HasEffective));
    }

    [Fact]
    public async Task Approved_redirect_uris_stay_effective_where_the_policy_keeps_them()
    {
        await using var server = await RunningServer.StartAsync("Registration:WideningUpdates=KeepRedirects");
        var client = await ApprovedAsync(server);

        var pending = (await client.UpdateAsync(Moved)).IsRecord().Json.GetProperty("pending_update");

        Assert.Equal(["https://app.example/cb"], pending.GetProperty("waiting")[0].Strings("effective"));
        Assert.Equal("scope", Assert.Single(pending.GetProperty("applied").EnumerateArray()).GetProperty("member").GetString());
        Assert.True(await AllowsAsync(server, client, "https://app.example/cb"));
        Assert.False(await AllowsAsync(server, client, "https://new.example/cb"));

        await server.ActAsync(client.ClientId, "approve");
        Assert.False(await AllowsAsync(server, client, "https://app.example/cb"));
        Assert.True(await AllowsAsync(server, client, "https://new.example/cb"));
    }

    [Fact]
    public async Task A_redirect_uri_that_is_only_removed_ends_at_once_also_where_the_policy_keeps_them()
    {
        await using var server = await RunningServer.StartAsync("Registration:WideningUpdates=KeepRedirects");
        var client = await OwnRecord.RegisterAsync(
            server, """{"redirect_uris":["https://app.example/cb","https://app.example/old"]}""");
        await server.ActAsync(client.ClientId, "approve");

        (await client.UpdateAsync("\"redirect_uris\":[\"https://app.example/cb\"]")).IsRecord();

        Assert.False(await AllowsAsync(server, client, "https://app.example/old"));
    }

    [Theory]
    [InlineData("https://app.example/other", false)]
    [InlineData("https://app.example/cb?x=y", false)]
    [InlineData("https://APP.example:443/cb", true)]
    public async Task Another_path_waits_where_the_policy_says_so(string uri, bool isApproved)
    {
        await using var server = await RunningServer.StartAsync("Registration:RedirectPathsNeedApproval=true");
        var client = await ApprovedAsync(server);

        var answer = (await client.UpdateAsync($"\"client_name\":\"App\",\"scope\":\"openid\",\"redirect_uris\":[\"{uri}\"]"))
            .IsRecord();

        Assert.Equal(!isApproved, answer.Json.TryGetProperty("pending_update", out _));
        Assert.Equal(isApproved, await AllowsAsync(server, client, uri));
    }

    [Fact]
    public async Task A_loopback_port_is_free_also_where_paths_need_approval()
    {
        await using var server = await RunningServer.StartAsync("Registration:RedirectPathsNeedApproval=true");
        var client = await OwnRecord.RegisterAsync(server, """{"redirect_uris":["http://127.0.0.1:3000/cb"]}""");
        await server.ActAsync(client.ClientId, "approve");

        var answer = (await client.UpdateAsync("\"redirect_uris\":[\"http://127.0.0.1:3001/cb\"]")).IsRecord();

        Assert.False(answer.Json.TryGetProperty("pending_update", out _));
    }

    /// <summary>All subject identifiers of a pairwise client depend on its sector (OpenID Connect Core section 8.1).</summary>
    [Theory]
    [InlineData("pairwise", "https://app.example/cb", "pairwise", "https://other.example/cb", true)]
    [InlineData("pairwise", "https://app.example/cb", "public", "https://app.example/cb", true)]
    [InlineData("public", "https://app.example/cb", "pairwise", "https://app.example/cb", true)]
    [InlineData("pairwise", "https://app.example/cb", "pairwise", "https://app.example/other", false)]
    [InlineData("public", "https://app.example/cb", "public", "https://other.example/cb", false)]
    public async Task A_change_of_all_subject_identifiers_waits_even_under_automatic_approval(
        string subject, string uri, string nextSubject, string nextUri, bool waits)
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:Approval=Automatic", "Capabilities:SubjectTypes=public pairwise");
        var client = await OwnRecord.RegisterAsync(server, $$"""{"redirect_uris":["{{uri}}"],"subject_type":"{{subject}}"}""");

        var answer = (await client.UpdateAsync($"\"redirect_uris\":[\"{nextUri}\"],\"subject_type\":\"{nextSubject}\"")).IsRecord();

        Assert.Equal((waits, "active"), (answer.Json.TryGetProperty("pending_update", out _), answer.Text("client_status")));
        var effective = (await server.ClientAsync(client.ClientId)).Metadata;
        Assert.Equal(waits ? subject : nextSubject, effective.SubjectType);
        Assert.Equal(!waits || uri == nextUri, effective.RedirectUris.Contains(nextUri));
    }

    private static async Task<OwnRecord> ApprovedAsync(RunningServer server)
    {
        var client = await OwnRecord.RegisterAsync(server, Registered);
        await server.ActAsync(client.ClientId, "approve");
        return client;
    }

    private static async Task<bool> AllowsAsync(RunningServer server, OwnRecord client, string uri) =>
        (await server.Directory().CheckRedirectUriAsync(new() { ClientId = client.ClientId, RedirectUri = uri })).Allowed;
}
