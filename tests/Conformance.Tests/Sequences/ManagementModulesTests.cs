using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.Conformance.Tests.OpenBanking;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Sequences;

/// <summary>The modules of the plans for Open Finance Brazil, which are the ones that test management, step by step.</summary>
public sealed class ManagementModulesTests(Bank bank) : IClassFixture<Bank>
{
    private static readonly string[] Taken =
        ["registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"];

    private readonly RunningServer _server = bank.Server;

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"grant_types\":[\"client_credentials\",\"authorization_code\"],\"scope\":\"openid accounts\"}")]
    [InlineData("{\"scope\":\"accounts openid\"}")]
    [Requirement("BRDCR-01")]
    public async Task Registers_reads_twice_and_deletes(string variant)
    {
        var client = (await _server.RegisterAsync(Bank.Request(bank.Statement(), variant), Bank.Tpp)).IsDynamicRegistration();

        Assert.Contains("openid", client.GetProperty("scope").GetString()!.Split(' '));
        for (var i = 0; i < 2; i++)
        {
            var read = (await CallAsync(client, HttpMethod.Get)).IsRecord();
            Assert.Equal(client.GetProperty("client_id").GetString(), read.Text("client_id"));
            Assert.Equal(Bank.OneUri, Assert.Single(read.Json.Strings("redirect_uris")));
            Assert.Equal(client.GetProperty("registration_client_uri").GetString(), read.Text("registration_client_uri"));
            Assert.Equal(client.GetProperty("registration_access_token").GetString(), read.TokenIn());
        }

        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync(client, HttpMethod.Delete)).Status);
    }

    [Fact]
    [Requirement("BRDCR-02")]
    public async Task Is_401_with_json_after_the_deletion()
    {
        var client = (await _server.RegisterAsync(Bank.Request(bank.Statement()), Bank.Tpp)).IsDynamicRegistration();
        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync(client, HttpMethod.Delete)).Status);

        (await CallAsync(client, HttpMethod.Get)).IsUnknownToken();
        (await CallAsync(client, HttpMethod.Delete)).IsUnknownToken();
    }

    [Fact]
    [Requirement("BRDCR-03")]
    public async Task Does_nothing_for_a_wrong_token_and_all_for_the_right_one()
    {
        var client = (await _server.RegisterAsync(Bank.Request(bank.Statement()), Bank.Tpp)).IsDynamicRegistration();

        (await CallAsync(client, HttpMethod.Get, token: "foobar")).IsUnknownToken();
        (await CallAsync(client, HttpMethod.Delete, token: "foobar")).IsUnknownToken();

        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync(client, HttpMethod.Delete)).Status);
    }

    [Fact]
    [Requirement("BRDCR-07")]
    public async Task Updates_and_then_fails_three_times_without_a_trace()
    {
        var client = (await _server.RegisterAsync(Bank.Request(bank.Statement()), Bank.Tpp)).IsDynamicRegistration();
        var body = (JsonObject)JsonNode.Parse(client.GetRawText())!;
        Array.ForEach(Taken, member => body.Remove(member));
        body["redirect_uris"] = new JsonArray(Bank.OtherUri);

        var updated = (await CallAsync(client, HttpMethod.Put, body.ToJsonString())).IsRecord();
        Assert.Equal([Bank.OtherUri], updated.Json.Strings("redirect_uris"));

        body["redirect_uris"] = new JsonArray(Bank.OneUri);
        (await CallAsync(client, HttpMethod.Put, body.ToJsonString(), "foobar")).IsUnknownToken();
        var statement = body["software_statement"]!.GetValue<string>();
        foreach (var sent in new[] { null, statement[..^8] + "AAAAAAAA" })
        {
            body["software_statement"] = sent;
            (await CallAsync(client, HttpMethod.Put, body.ToJsonString()))
                .IsRefusal("invalid_software_statement", HttpStatusCode.BadRequest, sent ?? "none");
        }

        Assert.Equal([Bank.OtherUri], (await CallAsync(client, HttpMethod.Get)).IsRecord().Json.Strings("redirect_uris"));
    }

    private Task<Answer> CallAsync(JsonElement client, HttpMethod method, string? body = null, string? token = null) => _server.SendAsync(
        method,
        new Uri(client.GetProperty("registration_client_uri").GetString()!).PathAndQuery,
        body is null ? null : Bodies.Json(body),
        [.. Bank.Tpp, "Authorization: Bearer " + (token ?? client.GetProperty("registration_access_token").GetString())]);
}
