using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Server.SoftwareStatements;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>
/// The text of a software statement: only what the issuer signed is genuine (RFC 7515 section 5.2). The private keys that signed the seeds
/// are gone.
/// </summary>
internal sealed class StatementTarget : IFuzzTarget
{
    private static readonly string[] Genuine = Resource.Text("statements.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static readonly Issuer Issuer = new(Resource.Text("issuer-keys.json"));

    public string Name => "statements";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. Genuine.Select(Encoding.ASCII.GetBytes),
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwic29mdHdhcmVfaWQiOiJ4In0."u8.ToArray(),
        "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwic29mdHdhcmVfaWQiOiJ4In0.AAAA"u8.ToArray(),
    ];

    public IMutation Mutation { get; } = new StatementMutation(new Vocabulary(
    [
        .. SampleDocuments.Registrations,
        """
        {"alg":"none","kid":"rsa","typ":"JWT","crit":["b64"],"b64":false,"jku":"https://issuer.example/jwks",
         "jwk":{"kty":"oct","k":"AA"},"x5c":[]}
        """u8.ToArray(),
        """
        {"iss":"https://issuer.example","aud":"https://as.example","exp":1,"nbf":1,"iat":1,"jti":"1","sub":"x",
         "alg":["RS256","PS256","ES256","HS256"]}
        """u8.ToArray(),
    ]));

    public void Check(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var verdict = Issuer.Validate(text);
        Assert.Equal(
            Genuine.Any(genuine => SignedPart(genuine) == SignedPart(text)) && Genuine.Contains(text),
            verdict is not SoftwareStatementVerdict.Refused);
        Assert.True(verdict is SoftwareStatementVerdict.Refused || text.Contains('.', StringComparison.Ordinal));
        _ = Issuer.ReadRegistered(text);
    }

    private static string SignedPart(string statement) => statement[..Math.Max(0, statement.LastIndexOf('.'))];
}
