using System.Text.RegularExpressions;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7519 sections 4.1.3 to 4.1.6: for whom a statement is, and when. NOW is the time of the service, ORIGIN its address.</summary>
public sealed partial class TimeTests(StatementServer shared, TimeTests.FreshOnly fresh) : IClassFixture<StatementServer>, IClassFixture<TimeTests.FreshOnly>
{
    private readonly RunningServer server = shared.Server;

    [Theory]
    [InlineData("\"exp\":NOW-600", "expired")]
    [InlineData("\"exp\":NOW-61", "expired")]
    [InlineData("\"exp\":0", "expired")]
    [InlineData("\"nbf\":NOW+600", "cannot be used yet")]
    [InlineData("\"nbf\":NOW+61", "cannot be used yet")]
    [InlineData("\"exp\":\"x\"", "number of seconds")]
    [InlineData("\"exp\":\"9999999999\"", "number of seconds")]
    [InlineData("\"exp\":1e400", "number of seconds")]
    [InlineData("\"exp\":9999999999999", "number of seconds")]
    [InlineData("\"exp\":null", "number of seconds")]
    [InlineData("\"nbf\":\"x\"", "number of seconds")]
    [InlineData("\"nbf\":{}", "number of seconds")]
    [InlineData("\"iat\":\"2026-05-01\"", "number of seconds")]
    [Requirement("SS-08")]
    public Task Out_of_its_time_it_is_refused(string claim, string because) => server.RefusesStatementAsync(Statement(server, claim), because);

    [Theory]
    [InlineData("\"exp\":NOW-30")]
    [InlineData("\"exp\":NOW+1,\"nbf\":NOW-1")]
    [InlineData("\"nbf\":NOW+30")]
    [InlineData("\"exp\":9999999999.5,\"iat\":NOW-99999999")]
    [InlineData("\"jti\":\"1\"")]
    [Requirement("SS-08")]
    public async Task Within_its_time_it_registers(string claims) => await RegistersAsync(server, claims);

    [Fact]
    [Requirement("SS-08")]
    public async Task Its_time_passes()
    {
        await using var own = await RunningServer.StartAsync(StatementIssuer.One.Trusted());
        var statement = Statement(own, "\"exp\":NOW+300");
        (await own.RegisterAsync(StatedCalls.Body(statement))).IsRegistration();

        own.Time.Advance(TimeSpan.FromSeconds(361));

        await own.RefusesStatementAsync(statement, "expired");
    }

    [Theory]
    [InlineData("\"https://other.example\"")]
    [InlineData("\"ORIGIN/\"")]
    [InlineData("\"ORIGIN.evil.example\"")]
    [InlineData("[\"https://other.example\",1,null]")]
    [InlineData("[[\"ORIGIN\"]]")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("1")]
    [Requirement("SS-09")]
    public Task For_others_it_is_refused(string audience) =>
        server.RefusesStatementAsync(Statement(server, $"\"aud\":{audience}"), "aud does not name this service");

    [Theory]
    [InlineData("\"ORIGIN\"")]
    [InlineData("\"ORIGIN/oauth/register\"")]
    [InlineData("[\"https://other.example\",\"ORIGIN\"]")]
    [Requirement("SS-09")]
    public async Task For_this_service_it_registers(string audience) => await RegistersAsync(server, $"\"aud\":{audience}");

    [Theory]
    [InlineData("\"iat\":NOW-360", "too old; it may be used for 300 seconds")]
    [InlineData("\"iat\":NOW-301", "too old")]
    [InlineData("\"iat\":NOW+61", "lies ahead")]
    [InlineData("\"exp\":NOW+300", "no claim iat")]
    [InlineData("\"iat\":0,\"exp\":NOW+300", "too old")]
    [Requirement("SS-24")]
    public Task Where_it_must_be_fresh_it_is(string claims, string because) =>
        fresh.Server.RefusesStatementAsync(Statement(fresh.Server, claims), because);

    [Theory]
    [InlineData("\"iat\":NOW-299")]
    [InlineData("\"iat\":NOW+59")]
    [Requirement("SS-24")]
    public async Task Fresh_enough_it_registers(string claims) => await RegistersAsync(fresh.Server, claims);

    private static async Task RegistersAsync(RunningServer server, string claims) =>
        (await server.RegisterAsync(StatedCalls.Body(Statement(server, claims)))).IsRegistration();

    private static string Statement(RunningServer server, string claims)
    {
        var timed = Shift().Replace(claims, shift => $"{server.Now() + long.Parse(shift.Groups[1].Value, null)}");
        var origin = server.PublicAddress.GetLeftPart(UriPartial.Authority);
        return StatementIssuer.One.Statement("\"software_id\":\"a\"," + timed.Replace("ORIGIN", origin, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"NOW([+-]\d+)")]
    private static partial Regex Shift();

    /// <summary>Statements count for five minutes.</summary>
    public sealed class FreshOnly() : SharedServer(StatementIssuer.One.Trusted("MaxAgeSeconds=300"));
}
