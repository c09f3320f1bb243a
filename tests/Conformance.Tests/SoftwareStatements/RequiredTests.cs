using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 section 2.3: where a statement is needed, beside a token or in its place.</summary>
public sealed class RequiredTests
{
    private const string Token = "initial-access-token-of-the-tests";
    private const string Invalid = "invalid_software_statement";
    private const string Bearer = "Authorization: Bearer " + Token;

    private static readonly string Stated = Statement.Body(Statement.Of());

    [Fact]
    [Requirement("BR-01")]
    public async Task Nobody_registers_without_one_where_the_server_asks_for_it()
    {
        await using var server = await StartAsync("Registration:SoftwareStatementRequired=true");

        Assert.Contains("is missing", (await server.RefusedAsync(Invalid, Bodies.Smallest)).Description, StringComparison.Ordinal);
        await server.RefusedAsync(Invalid, Bodies.With("\"software_statement\":null"));
        await server.RefusedAsync(Invalid, HttpStatusCode.BadRequest, Bodies.Json(Bodies.Smallest), Bearer);
        (await server.RegisterAsync(Stated)).IsRegistration();
        (await server.RegisterAsync(Stated, Bearer)).IsRegistration();
    }

    [Fact]
    public async Task A_token_does_in_its_place_where_only_the_anonymous_need_one()
    {
        await using var server = await StartAsync("Registration:Profiles:Anonymous:SoftwareStatementRequired=true");

        await server.RefusedAsync(Invalid, Bodies.Smallest);
        (await server.RegisterAsync(Bodies.Smallest, Bearer)).IsRegistration();
        (await server.RegisterAsync(Stated)).IsRegistration();
    }

    [Fact]
    public async Task It_does_not_in_the_place_of_a_token()
    {
        await using var server = await RunningServer.StartAsync(
            [.. StatementServer.Trust("main", Statement.Issuer), "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + Token]);

        (await server.RegisterAsync(Stated)).IsRefusal("invalid_token", HttpStatusCode.Unauthorized, "no token");
        (await server.RegisterAsync(Stated, Bearer)).IsRegistration();
    }

    [Fact]
    public async Task Who_has_one_is_checked_by_the_profile_for_statements()
    {
        await using var server = await StartAsync(
            "Registration:Profiles:Anonymous:AllowedScopes=openid", "Registration:Profiles:Anonymous:DefaultScope=openid",
            "Registration:Profiles:SoftwareStatement:Approval=Automatic");

        var anonymous = (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        var stated = (await server.RegisterAsync(Stated)).IsRegistration();

        Assert.Equal(("openid", "pending"), (anonymous.Text("scope"), anonymous.Text("client_status")));
        Assert.Equal(("email profile", "active"), (stated.Text("scope"), stated.Text("client_status")));
    }

    /// <summary>A server that trusts an issuer and knows a token that nobody needs, unless it is told otherwise.</summary>
    private static Task<RunningServer> StartAsync(params string[] settings) => RunningServer.StartAsync(
    [
        .. StatementServer.Trust("main", Statement.Issuer), "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + Token,
        "Registration:InitialAccessTokenRequired=false", .. settings,
    ]);
}
