using System.Net;
using System.Text;
using Grpc.Core;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 section 2.2: updates that are refused, and leave the document as it was.</summary>
public sealed class RefusedUpdateTests(OpenServer shared, DeploymentServers servers)
    : IClassFixture<OpenServer>, IClassFixture<DeploymentServers>
{
    private const string Metadata = "invalid_client_metadata";
    private const string Smallest = "\"redirect_uris\":[\"https://client.example/cb\"]";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("{" + Smallest + "}")]
    [InlineData("{\"client_id\":null," + Smallest + "}")]
    [InlineData("{\"client_id\":\"\"," + Smallest + "}")]
    [InlineData("{\"client_id\":1," + Smallest + "}")]
    [InlineData("{\"client_id\":\"0190b6a4-0000-7000-8000-000000000000\"," + Smallest + "}")]
    [InlineData("{\"client_id\":\"ID-IN-UPPER-CASE\"," + Smallest + "}")]
    [InlineData("{\"Client_Id\":\"THE-ID\"," + Smallest + "}")]
    [Requirement("7592-2.2-03")]
    public async Task Asks_for_the_identifier_of_the_client(string body)
    {
        var client = await OwnRecord.RegisterAsync(_server);

        await RefusesAsync(client, Metadata, body
            .Replace("ID-IN-UPPER-CASE", client.ClientId.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("THE-ID", client.ClientId, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("registration_access_token")]
    [InlineData("registration_client_uri")]
    [InlineData("client_secret_expires_at")]
    [InlineData("client_id_issued_at")]
    [Requirement("7592-2.2-04")]
    [Requirement("D-06")]
    public async Task Refuses_what_only_the_server_issues_even_where_it_is_right(string member)
    {
        var registered = await _server.RegisteredAsync(Bodies.Smallest);
        var client = OwnRecord.Of(_server, registered);

        foreach (var value in new[] { registered.GetProperty(member).GetRawText(), "\"x\"", "1", "null" })
        {
            var refused = await RefusesAsync(
                client, Metadata, $$"""{"client_id":"{{client.ClientId}}",{{Smallest}},"{{member}}":{{value}}}""");
            Assert.Contains(member, refused.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Requirement("7592-2.2-05")]
    public async Task Refuses_any_secret_but_the_current_one_which_goes_on_working()
    {
        var client = await OwnRecord.RegisterAsync(_server);
        await _server.ActAsync(client.ClientId, "approve");

        foreach (
            var secret in new[] { "wrong", "", client.Secret![..^1], client.Secret + "x", client.Secret.ToUpperInvariant(), client.Token })
        {
            await RefusesAsync(client, Metadata, $$"""{"client_id":"{{client.ClientId}}",{{Smallest}},"client_secret":"{{secret}}"}""");
        }

        await _server.AuthenticateAsync(client.ClientId, client.Secret);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("client_secret_basic")]
    [Requirement("7592-2.2-06")]
    public async Task Lets_no_client_choose_its_secret(string method)
    {
        var client = await OwnRecord.RegisterAsync(_server, Bodies.PublicNative);

        await RefusesAsync(
            client, Metadata,
            $$"""{"client_id":"{{client.ClientId}}",{{Smallest}},"token_endpoint_auth_method":"{{method}}","client_secret":"mine"}""");

        await Assert.ThrowsAsync<RpcException>(
            async () => await _server.AuthenticateAsync(client.ClientId, "mine"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"redirect_uris\":[]")]
    [InlineData(",\"redirect_uris\":null")]
    [Requirement("7592-2.2-11")]
    public async Task Asks_for_what_the_client_needs(string members)
    {
        var client = await OwnRecord.RegisterAsync(_server);

        await RefusesAsync(client, "invalid_redirect_uri", $$"""{"client_id":"{{client.ClientId}}"{{members}}}""");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("application/jwt")]
    [InlineData(null)]
    [Requirement("7592-2.2-02")]
    public async Task Reads_nothing_but_json(string? mediaType)
    {
        var client = await OwnRecord.RegisterAsync(_server);
        var body = Bodies.Content(Encoding.UTF8.GetBytes($$"""{"client_id":"{{client.ClientId}}",{{Smallest}}}"""), mediaType);

        var answer = await _server.SendAsync(HttpMethod.Put, client.Path, body, "Authorization: Bearer " + client.Token);

        answer.IsRefusal("invalid_request", HttpStatusCode.UnsupportedMediaType, mediaType ?? "none");
    }

    [Fact]
    [Requirement("7592-2.2-12")]
    public async Task Checks_each_redirect_uri_of_the_table_as_registration_does()
    {
        foreach (var row in CaseFile.Read("redirect-uris").Where(row => !row[0].StartsWith("R-59", StringComparison.Ordinal)))
        {
            var client = await OwnRecord.RegisterAsync(_server);
            var body = $$"""{"client_id":"{{client.ClientId}}","redirect_uris":{{CaseFile.Expand(row[3])}},"application_type":"native"}""";

            if (row[1][2] == 'R')
            {
                await RefusesAsync(client, "invalid_redirect_uri", body);
            }
            else
            {
                (await client.PutAsync(body)).IsRecord();
            }
        }
    }

    [Theory]
    [InlineData("compat")]
    [InlineData("full")]
    [Requirement("7592-2.2-12")]
    public async Task Refuses_each_row_of_the_other_tables_as_registration_does(string deployment)
    {
        var server = await servers.OfAsync(deployment);
        foreach (var row in RuleTable.Refused(deployment))
        {
            var client = await OwnRecord.RegisterAsync(server);

            await RefusesAsync(client, row.Error, Naming(client, row.Body));
        }
    }

    [Theory]
    [InlineData("\"client_name\":\"good\",\"tos_uri\":\"javascript:alert(1)\"", Metadata)]
    [InlineData(
        "\"client_name\":\"good\",\"redirect_uris\":[\"https://good.example/cb\",\"http://bad.example/cb\"]", "invalid_redirect_uri")]
    [InlineData("\"client_name\":\"good\",\"scope\":\"nonsense\"", Metadata)]
    [Requirement("7592-2.2-13")]
    public async Task Happens_whole_or_not_at_all(string members, string error)
    {
        var client = await OwnRecord.RegisterAsync(_server, Bodies.With("\"client_name\":\"before\",\"contacts\":[\"a@client.example\"]"));
        var uris = members.Contains("redirect_uris", StringComparison.Ordinal) ? "" : Smallest + ",";

        await RefusesAsync(client, error, $$"""{"client_id":"{{client.ClientId}}",{{uris}}{{members}}}""");
    }

    private static string Naming(OwnRecord client, string body) =>
        body == "{}" ? $$"""{"client_id":"{{client.ClientId}}"}""" : $$"""{"client_id":"{{client.ClientId}}",{{body[1..]}}""";

    /// <summary>The update is refused, and the document is what it was.</summary>
    private static async Task<Answer> RefusesAsync(OwnRecord client, string error, string body)
    {
        var before = (await client.ReadAsync()).IsRecord().Body;
        var answer = (await client.PutAsync(body)).IsRefusal(error, HttpStatusCode.BadRequest, body);
        Assert.Equal(before, (await client.ReadAsync()).IsRecord().Body);
        return answer;
    }
}
