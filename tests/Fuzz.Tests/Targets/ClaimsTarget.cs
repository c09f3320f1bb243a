using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>
/// What a trusted issuer signs, be it hostile or broken: the claims of a genuine statement, merged into a request and validated like it
/// (RFC 7591 section 2.3). The claim <c>iss</c> is put before them.
/// </summary>
internal sealed class ClaimsTarget : IFuzzTarget
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RegistrationPolicy Policy = Policies.Full;

    private static readonly ClientMetadata[] Requests =
    [
        ClientMetadata.Empty,
        new()
        {
            RedirectUris = ["https://client.example/cb"],
            ClientName = "Client",
            Scope = "email",
            Localized = new Dictionary<string, string> { ["client_name#en"] = "Client" },
        },
    ];

    private static readonly Issuer[] Issuers =
    [
        new(Jwks()),
        new(Jwks(), options =>
        {
            options.ClaimNames = "redirect_uris=software_redirect_uris client_name=software_client_name";
            options.RedirectUris = RedirectUriPrecedence.Subset;
            options.RefusedMembers = "scope jwks";
            options.RequiredMembers = "client_name";
            options.OneUse = true;
        }),
    ];

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"ES256"}"""u8);

    public ClaimsTarget()
    {
        Seeds =
        [
            .. SampleDocuments.Registrations,
            """
            {"software_id":"x","software_redirect_uris":["https://client.example/cb"],"software_client_name":"A","jti":"1",
             "exp":1777777777}
            """u8.ToArray(),
            """
            {"software_id":"denied","iat":1777000000,"nbf":1,"aud":["a","https://as.example"],"nonce":"x","events":{},
             "x_tenant":{"a":[1.5]}}
            """u8.ToArray(),
            """{"software_id":"x","x_tenant":1e2,"vp_formats_supported":{"a":{}},"default_max_age":1.5}"""u8.ToArray(),
        ];
        Mutation = new JsonMutation(new Vocabulary(Seeds));
    }

    public string Name => "claims";

    public IReadOnlyList<byte[]> Seeds { get; }

    public IMutation Mutation { get; }

    public void Check(byte[] input)
    {
        var statement = Signed(input.AsSpan().StartsWith("{"u8) ? [.. Encoding.UTF8.GetBytes(Start(input)), .. input.AsSpan(1)] : input);
        foreach (var issuer in Issuers)
        {
            if (issuer.Validate(statement) is SoftwareStatementVerdict.Verified verified)
            {
                Assert.Equal(statement, verified.Statement.Text);
                Assert.Equivalent(verified.Statement.Claims.Members, issuer.ReadRegistered(statement)!.Claims.Members);
                Array.ForEach(Requests, request => CheckMerged(request, verified.Statement));
            }
        }
    }

    private static string Start(byte[] claims) =>
        $"{{\"iss\":\"{Issuer.Name}\"{(claims.AsSpan(1).TrimStart(" \t\r\n"u8).StartsWith("}"u8) ? "" : ",")}";

    private static void CheckMerged(ClientMetadata request, VerifiedSoftwareStatement statement)
    {
        var (merged, violations) = SoftwareStatementMerge.Merge(request, statement);
        var result = MetadataRules.Validate(merged, Policy.Within(statement.Constraints));
        IReadOnlyList<Violation> all = [.. violations, .. result.Violations];
        if (all.Count > 0)
        {
            Refusals.Check(all);
            return;
        }

        Assert.Equal(statement.Text, result.Registered.SoftwareStatement);
        AcceptedClient.Check(result.Registered, Policy.Within(statement.Constraints));
    }

    private static string Signed(byte[] claims)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Jwks()
    {
        var point = Key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}]}""";
    }
}
