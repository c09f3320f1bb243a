using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>Trusts a few issuers, each on terms of its own.</summary>
public sealed class StatementServer() : SharedServer(Settings)
{
    /// <summary>Signs with RS256 alone.</summary>
    public const string Narrow = "https://narrow.example";

    /// <summary>Has a key of its own.</summary>
    public const string Other = "https://other.example";

    /// <summary>The request chooses among the redirect URIs of the statement.</summary>
    public const string Subset = "https://subset.example";

    /// <summary>Statements are at most five minutes old and used once.</summary>
    public const string Fresh = "https://fresh.example";

    public const string DeniedSoftware = "denied-1";

    private static string[] Settings =>
    [
        .. Trust("main", Statement.Issuer), "SoftwareStatements:Issuers:main:DeniedSoftware=" + DeniedSoftware,
        .. Trust("narrow", Narrow), "SoftwareStatements:Issuers:narrow:Algorithms=RS256",
        .. Trust("subset", Subset), "SoftwareStatements:Issuers:subset:RedirectUris=Subset",
        .. Trust("fresh", Fresh), "SoftwareStatements:Issuers:fresh:MaxAgeSeconds=300", "SoftwareStatements:Issuers:fresh:OneUse=true",
        "Registration:ExtensionMembers=org_id",
        "SoftwareStatements:Issuers:other:Issuer=" + Other, "SoftwareStatements:Issuers:other:Jwks="
            + SigningKey.Set(SigningKey.OtherRsa.Jwk()),
    ];

    /// <summary>The settings for an issuer with one key of each kind.</summary>
    internal static string[] Trust(string name, string issuer) =>
    [
        $"SoftwareStatements:Issuers:{name}:Issuer={issuer}",
        $"SoftwareStatements:Issuers:{name}:Jwks="
            + $"{SigningKey.Set(SigningKey.Rsa.Jwk("\"kid\":\"rsa\","), SigningKey.P256.Jwk("\"kid\":\"ec\","))}",
    ];
}
