using System.Text.Json;
using GrpcDcr.Doors.Tests.Support;
using GrpcDcr.Server.Tests.Registration.Statements;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>Software statements as issuers sign them, and requests that carry them.</summary>
internal static class Statement
{
    public const string Issuer = "https://issuer.example";

    public const string Rs256 = """{"alg":"RS256","typ":"JWT","kid":"rsa"}""";

    /// <summary>The claims of a statement of the issuer: what every one must say, and more, as in JSON.</summary>
    public static string Claims(string more = "\"client_name\":\"Stated\"", string issuer = Issuer) =>
        $$"""{"iss":"{{issuer}}","software_id":"product-7",{{more}}}""";

    /// <summary>A good statement.</summary>
    /// <param name="more">Its claims besides issuer and software.</param>
    /// <param name="issuer">Whose; all issuers of these tests sign with one key.</param>
    public static string Of(string more = "\"client_name\":\"Stated\"", string issuer = Issuer) => SigningKey.Rsa.Jwt(Rs256, Claims(more, issuer));

    /// <summary>A registration that carries the statement, with further members as in JSON.</summary>
    public static string Body(string statement, string members = "\"redirect_uris\":[\"https://client.example/cb\"]") =>
        $$"""{{{members}},"software_statement":{{JsonSerializer.Serialize(statement)}}}""";

    public static Task<Answer> RefusesAsync(this RunningServer server, string statement) =>
        server.RefusedAsync("invalid_software_statement", Body(statement));
}
