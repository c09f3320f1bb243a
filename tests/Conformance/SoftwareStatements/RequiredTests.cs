using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 section 2.3: registrations that need a statement.</summary>
public sealed class RequiredTests
{
    private const string Token = "initial-access-token-of-the-tests";
    private const string Invalid = "invalid_software_statement";
    private const string Bearer = "Authorization: Bearer " + Token;

    private static readonly string Body = StatedCalls.Body(StatementIssuer.One.Statement("\"software_id\":\"product-7\""));

    [Fact]
    public async Task Nobody_registers_without_one_where_the_server_asks_for_it()
    {
        await using var server = await RunningServer.StartAsync(
        [
            .. StatementIssuer.One.Trusted(), "Registration:StatementRequired=true", "Registration:InitialAccessTokenRequired=false",
            "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + Token,
        ]);

        Assert.Contains("is missing", (await server.RefusedAsync(Invalid, Bodies.Smallest)).Description, StringComparison.Ordinal);
        await server.RefusedAsync(Invalid, System.Net.HttpStatusCode.BadRequest, Bodies.Json(Bodies.Smallest), Bearer);
        await server.RefusedAsync(Invalid, Bodies.With("\"software_statement\":null"));
        (await server.RegisterAsync(Body)).IsRegistration();
        (await server.RegisterAsync(Body, Bearer)).IsRegistration();
    }

    [Fact]
    public async Task A_token_may_do_in_its_place()
    {
        await using var server = await RunningServer.StartAsync(
        [
            .. StatementIssuer.One.Trusted(), "Registration:Profiles:Anonymous:StatementRequired=true", "Registration:InitialAccessTokenRequired=false",
            "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + Token,
        ]);

        await server.RefusedAsync(Invalid, Bodies.Smallest);
        (await server.RegisterAsync(Bodies.Smallest, Bearer)).IsRegistration();
        (await server.RegisterAsync(Body)).IsRegistration();
    }

    [Fact]
    public async Task A_statement_is_no_token()
    {
        await using var server = await RunningServer.StartAsync([.. StatementIssuer.One.Trusted(), "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + Token]);

        var refused = await server.RegisterAsync(Body);

        refused.IsRefusal("invalid_token", System.Net.HttpStatusCode.Unauthorized, refused.Body);
        (await server.RegisterAsync(Body, Bearer)).IsRegistration();
    }

    [Fact]
    public async Task Who_comes_with_one_is_judged_by_the_profile_for_them()
    {
        await using var server = await RunningServer.StartAsync(
        [
            .. StatementIssuer.One.Trusted(), "Registration:Profiles:Anonymous:AllowedScopes=openid", "Registration:Profiles:Anonymous:DefaultScope=openid",
            "Registration:Profiles:Statement:Approval=Automatic",
        ]);

        var (anonymous, stated) = ((await server.RegisterAsync(Bodies.Smallest)).IsRegistration(), (await server.RegisterAsync(Body)).IsRegistration());

        Assert.Equal(("openid", "pending"), (anonymous.Text("scope"), anonymous.Text("client_status")));
        Assert.Equal(("email profile", "active"), (stated.Text("scope"), stated.Text("client_status")));
    }
}
