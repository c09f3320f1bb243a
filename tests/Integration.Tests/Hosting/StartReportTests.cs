using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Hosting;

/// <summary>The line of the start that says who may register is true.</summary>
public sealed class StartReportTests
{
    private const string Token = "DYNAMIC_CLIENT_REGISTRATION_TOKEN=of-the-tests-and-long";
    private const string Issuer = "SoftwareStatements:Issuers:bank:Issuer=https://bank.example";
    private const string Keys = "SoftwareStatements:Issuers:bank:JwksUri=https://bank.example/jwks";

    [Theory]
    [InlineData("Registration is disabled", "ENABLE_DYNAMIC_CLIENT_REGISTRATION=false")]
    [InlineData("Registration is open: anyone ", "Registration:Approval=Manual")]
    [InlineData("Set DYNAMIC_CLIENT_REGISTRATION_TOKEN to require an initial access token", "Registration:Approval=Manual")]
    [InlineData("Registration is restricted to initial access tokens (DYNAMIC_CLIENT_REGISTRATION_TOKEN and issued tokens)", Token)]
    [InlineData(
        "Registration is restricted to initial access tokens (issued tokens only)", "Registration:InitialAccessTokenRequired=true")]
    [InlineData(
        "DYNAMIC_CLIENT_REGISTRATION_TOKEN is set, but Registration:InitialAccessTokenRequired is false", Token,
        "Registration:InitialAccessTokenRequired=false")]
    [InlineData(
        "Registration is restricted to software statements of https://bank.example", "Registration:SoftwareStatementRequired=true", Issuer,
        Keys)]
    [InlineData(
        "Registration is restricted to software statements of https://bank.example",
        "Registration:Profiles:Anonymous:SoftwareStatementRequired=true", Issuer, Keys)]
    [InlineData(
        "issued tokens only; a software statement is required too", "Registration:SoftwareStatementRequired=true",
        "Registration:InitialAccessTokenRequired=true", Issuer, Keys)]
    public async Task Says_who_may_register(string said, params string[] settings)
    {
        await using var server = await RunningServer.StartAsync(settings);

        Assert.Contains(
            said, Assert.Single(server.Log.All, line => line.Contains("Registration is ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Registration:DefaultScope=email profile")]
    [InlineData(true, "Registration:Profiles:Anonymous:DefaultScope=email")]
    [InlineData(true, "Registration:DefaultScope=openid", "Registration:Profiles:InitialAccessToken:DefaultScope=email", Token)]
    [InlineData(false, "Registration:DefaultScope=openid email")]
    [InlineData(false, "Registration:DefaultScope=")]
    [InlineData(false, "Registration:AllowedScopes=email profile")]
    [InlineData(false, "Registration:DefaultScope=openid", "Registration:Profiles:InitialAccessToken:DefaultScope=email")]
    [InlineData(false, "ENABLE_DYNAMIC_CLIENT_REGISTRATION=false")]
    public async Task Warns_where_openid_is_allowed_and_not_in_the_default_scope(bool warns, params string[] settings)
    {
        await using var server = await RunningServer.StartAsync(settings);

        Assert.Equal(warns, server.Log.All.Any(line => line.Contains(", without openid: add openid to ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Says_after_a_restart_that_registration_is_closed()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-closed-").FullName;
        await using (var server = await RunningServer.StartInAsync(folder))
        {
            await new RegistrationControl.RegistrationControlClient(server.As(RunningServer.AdminToken)).CloseRegistrationAsync(
                new CloseRegistrationRequest { Reason = "too many" });
        }

        await using (var server = await RunningServer.StartInAsync(folder))
        {
            var line = Assert.Single(server.Log.All, line => line.Contains("Registration is ", StringComparison.Ordinal));
            Assert.Contains("Registration is closed", line, StringComparison.Ordinal);
        }

        System.IO.Directory.Delete(folder, recursive: true);
    }
}
