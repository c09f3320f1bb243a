using System.Net;
using System.Text.Json;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>Software statements as issuers sign them, and requests that carry them.</summary>
internal static class Statement
{
    public const string Issuer = "https://issuer.example";

    public const string Rs256 = """{"alg":"RS256","typ":"JWT","kid":"rsa"}""";

    private const string Invalid = "invalid_software_statement";

    private static int _issued;

    /// <summary>The claims of a statement of the issuer: what every one must say, and more, as in JSON.</summary>
    public static string Claims(string more = "\"client_name\":\"Stated\"", string issuer = Issuer) =>
        $$"""{"iss":"{{issuer}}","software_id":"product-7",{{more}}}""";

    /// <summary>A good statement.</summary>
    /// <param name="more">Its claims besides issuer and software.</param>
    /// <param name="issuer">Whose; all issuers of these tests sign with one key.</param>
    public static string Of(string more = "\"client_name\":\"Stated\"", string issuer = Issuer) =>
        SigningKey.Rsa.Jwt(Rs256, Claims(more, issuer));

    /// <summary>A registration that carries the statement, with further members as in JSON.</summary>
    public static string Body(string statement, string members = "\"redirect_uris\":[\"https://client.example/cb\"]") =>
        $$"""{{{members}},"software_statement":{{JsonSerializer.Serialize(statement)}}}""";

    /// <summary>The same as an update of the client.</summary>
    public static string Update(
        this OwnRecord client, string statement, string members = "\"redirect_uris\":[\"https://client.example/cb\"]") =>
        Body(statement, $"\"client_id\":\"{client.ClientId}\",{members}");

    /// <summary>The claims <c>iat</c>, <c>exp</c> and <c>jti</c> of a statement that was issued just now and is like no other.</summary>
    /// <param name="server">Whose clock counts.</param>
    public static string Fresh(this RunningServer server)
    {
        var now = server.Time.GetUtcNow().ToUnixTimeSeconds();
        return $"\"iat\":{now},\"exp\":{now + 300},\"jti\":\"fresh-{Interlocked.Increment(ref _issued)}\"";
    }

    /// <summary>
    /// The statement lets nobody register, and no client under another one update itself; neither leaves anything behind.
    /// </summary>
    /// <returns>How it is refused.</returns>
    public static async Task<Answer> RefusesAsync(this RunningServer server, string statement)
    {
        var refusal = await server.RefusedAsync(Invalid, Body(statement));
        var client = await OwnRecord.RegisterAsync(server, Body(Of(server.Fresh())));
        var before = (await client.ReadAsync()).IsRecord().Body;

        (await client.PutAsync(client.Update(statement))).IsInvalidStatement();

        Assert.Equal(before, (await client.ReadAsync()).IsRecord().Body);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync()).Status);
        return refusal;
    }

    /// <summary>The answer refuses the statement that was sent.</summary>
    public static Answer IsInvalidStatement(this Answer answer) => answer.IsRefusal(Invalid, HttpStatusCode.BadRequest, answer.Body);
}
