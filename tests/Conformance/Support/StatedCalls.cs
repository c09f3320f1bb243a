using System.Net;
using System.Text.Json;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>Registrations with a software statement.</summary>
internal static class StatedCalls
{
    private const string Invalid = "invalid_software_statement";

    /// <summary>The smallest document that leaves everything to its statement.</summary>
    /// <param name="statement">Any text.</param>
    /// <param name="members">Further members as in JSON, a comma behind each.</param>
    public static string Body(string statement, string members = "") =>
        $$"""{{{members}}"redirect_uris":["https://client.example/cb"],"software_statement":"{{JsonEncodedText.Encode(statement)}}"}""";

    /// <summary>The same as an update.</summary>
    public static string Update(this OwnRecord client, string statement, string members = "") =>
        Body(statement, $"\"client_id\":\"{client.ClientId}\",{members}");

    /// <summary>Registers a client of the first issuer.</summary>
    public static Task<OwnRecord> RegisterStatedAsync(this RunningServer server, string claims = "\"software_id\":\"product-7\"") =>
        OwnRecord.RegisterAsync(server, Body(StatementIssuer.One.Fresh(server, claims)));

    /// <summary>The statement lets nobody register, and no client update itself; neither leaves anything behind.</summary>
    /// <param name="server">Where.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="because">Words of the description.</param>
    public static async Task RefusesStatementAsync(this RunningServer server, string statement, string because = "software_statement")
    {
        var registration = await server.RefusedAsync(Invalid, Body(statement));
        Assert.Contains(because, registration.Description, StringComparison.Ordinal);

        var client = await server.RegisterStatedAsync();
        var before = (await client.ReadAsync()).IsRecord().Body;
        var update = await client.PutAsync(client.Update(statement));
        update.IsRefusal(Invalid, HttpStatusCode.BadRequest, statement);
        Assert.Contains(because, update.Description, StringComparison.Ordinal);
        Assert.Equal(before, (await client.ReadAsync()).IsRecord().Body);
        await client.DeleteAsync();
    }

    /// <summary>The answer refuses the statement that was sent.</summary>
    public static Answer IsInvalidStatement(this Answer answer) => answer.IsRefusal(Invalid, HttpStatusCode.BadRequest, answer.Body);

    /// <summary>Seconds since 1970 by the clock of the service.</summary>
    public static long Now(this RunningServer server) => server.Time.GetUtcNow().ToUnixTimeSeconds();
}
