using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 section 5: an initial access token and a software statement, each with bounds of its own.</summary>
public sealed class ConstraintsTests(ConstraintsTests.Bounded shared) : IClassFixture<ConstraintsTests.Bounded>
{
    /// <summary>Both leave <c>openid orders</c>, <c>authorization_code</c>, and hosts below <c>app.example</c>.</summary>
    private const string Bounds =
        """
        {"constraints":{"scopes":["openid","profile","orders"],"grant_types":["authorization_code","client_credentials"],
        "redirect_hosts":["*.app.example"],"owner":"team"}}
        """;

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("\"scope\":\"openid orders\"", "")]
    [InlineData("\"scope\":\"openid profile\"", "")]
    [InlineData("\"scope\":\"profile\"", "invalid_client_metadata")]
    [InlineData("\"scope\":\"email\"", "invalid_client_metadata")]
    [InlineData("\"scope\":\"stock\"", "invalid_client_metadata")]
    [InlineData("\"grant_types\":[\"refresh_token\",\"client_credentials\"]", "invalid_client_metadata")]
    [InlineData("\"grant_types\":[\"client_credentials\"],\"response_types\":[]", "invalid_client_metadata")]
    [InlineData("\"redirect_uris\":[\"https://a.app.example/cb\"]", "")]
    [InlineData("\"redirect_uris\":[\"https://partner.example/cb\"]", "invalid_redirect_uri")]
    [InlineData("\"redirect_uris\":[\"https://elsewhere.example/cb\"]", "invalid_redirect_uri")]
    [Requirement("SS-14")]
    [Requirement("7591-5-11")]
    public async Task Both_bound_the_registration_and_its_updates(string members, string error)
    {
        var token = "Authorization: Bearer " + await _server.IssueTokenAsync(Bounds);
        var client = OwnRecord.Of(_server, (await _server.RegisterAsync(Body("\"client_name\":\"A\""), token)).IsRegistration().Json);

        var registration = await _server.RegisterAsync(Body(members), token);
        var update = await client.PutAsync(Body($"\"client_id\":\"{client.ClientId}\",{members}"));

        if (error.Length == 0)
        {
            Assert.DoesNotContain("profile", registration.IsRegistration().Text("scope"), StringComparison.Ordinal);
            Assert.DoesNotContain("profile", update.IsRecord().Text("scope"), StringComparison.Ordinal);
        }
        else
        {
            registration.IsRefusal(error, HttpStatusCode.BadRequest, members);
            update.IsRefusal(error, HttpStatusCode.BadRequest, members);
        }
    }

    [Fact]
    [Requirement("7591-2-15")]
    public async Task What_both_leave_of_the_defaults_is_registered_and_shown_to_the_administrator()
    {
        var token = await _server.IssueTokenAsync(Bounds);

        var registered = (await _server.RegisterAsync(
            Body("\"grant_types\":[\"authorization_code\",\"refresh_token\"]"), "Authorization: Bearer " + token)).IsRegistration();

        Assert.Equal(("openid", "active"), (registered.Text("scope"), registered.Text("client_status")));
        Assert.Equal(["authorization_code"], registered.Json.Strings("grant_types"));
        var seen = await _server.ClientAsync(registered.Text("client_id")!);
        Assert.Equal((Admission.SoftwareStatement, Statement.Issuer, "team"), (seen.Admission, seen.StatementIssuer, seen.Owner));
    }

    [Theory]
    [InlineData("product-7", HttpStatusCode.Created)]
    [InlineData("product-8", HttpStatusCode.BadRequest)]
    [Requirement("7591-5-11")]
    public async Task A_token_for_one_software_goes_with_statements_of_that_one(string softwareOfTheToken, HttpStatusCode status)
    {
        var token = await _server.IssueTokenAsync($$$"""{"constraints":{"software_id":"{{{softwareOfTheToken}}}"}}""");

        var answer = await _server.RegisterAsync(Body("\"client_name\":\"A\""), "Authorization: Bearer " + token);

        Assert.True(status == answer.Status, answer.Body);
    }

    [Theory]
    [InlineData(Statement.Issuer, ClientState.Active, "Directory")]
    [InlineData(StatementServer.Narrow, ClientState.Pending, "")]
    [Requirement("7591-5-11")]
    public async Task The_issuer_alone_decides_without_a_token(string issuer, ClientState state, string owner)
    {
        var registered = (await _server.RegisterAsync(Body("\"client_name\":\"A\"", issuer))).IsRegistration();

        var seen = await _server.ClientAsync(registered.Text("client_id")!);
        Assert.Equal((state, owner), (seen.State, seen.Owner));
        await _server.RefusedAsync("invalid_client_metadata", Body("\"scope\":\"profile\""));
    }

    [Fact]
    [Requirement("7591-3.2.2-05")]
    [Requirement("SS-24")]
    public async Task Neither_is_spent_without_the_other()
    {
        await using var own = await RunningServer.StartAsync(
            [.. StatementServer.Trust("main", Statement.Issuer), "SoftwareStatements:Issuers:main:OneUse=true"]);
        string[] tokens = [await own.IssueTokenAsync("{\"max_uses\":1}"), await own.IssueTokenAsync("{\"max_uses\":1}")];
        string[] statements = [Statement.Of(own.Fresh()), Statement.Of(own.Fresh())];
        (await RegisterAsync(0, 0)).IsRegistration();

        (await RegisterAsync(0, 1)).IsUnknownToken();
        (await RegisterAsync(1, 0)).IsInvalidStatement();

        (await RegisterAsync(1, 1)).IsRegistration();

        Task<Answer> RegisterAsync(int token, int statement) =>
            own.RegisterAsync(Statement.Body(statements[statement]), "Authorization: Bearer " + tokens[token]);
    }

    /// <summary>A document whose redirect URI both allow, unless it says another one.</summary>
    private static string Body(string members, string issuer = Statement.Issuer) => Statement.Body(
        Statement.Of("\"software_version\":\"1\"", issuer),
        members.Contains("redirect_uris", StringComparison.Ordinal)
            ? members
            : "\"redirect_uris\":[\"https://client.app.example/cb\"]," + members);

    /// <summary>One issuer has bounds and approves; the other neither.</summary>
    public sealed class Bounded() : SharedServer(
    [
        "Registration:AllowedScopes=openid email profile orders stock", "Registration:DefaultScope=openid email",
        "Registration:GrantTypes=authorization_code refresh_token client_credentials",
        .. StatementServer.Trust("main", Statement.Issuer),
        "SoftwareStatements:Issuers:main:Scopes=openid email orders",
        "SoftwareStatements:Issuers:main:GrantTypes=authorization_code refresh_token",
        "SoftwareStatements:Issuers:main:RedirectHosts=*.app.example partner.example", "SoftwareStatements:Issuers:main:Owner=Directory",
        "SoftwareStatements:Issuers:main:AutomaticApproval=true",
        .. StatementServer.Trust("narrow", StatementServer.Narrow),
    ]);
}
