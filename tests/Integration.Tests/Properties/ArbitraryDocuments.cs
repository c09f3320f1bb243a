using System.Text.Json;
using CsCheck;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Properties;

/// <summary>Documents of random members with random values, many of them with a valid redirect URI.</summary>
internal static class ArbitraryDocuments
{
    private static readonly string[] Members =
    [
        "redirect_uris", "token_endpoint_auth_method", "grant_types", "response_types", "client_name", "client_uri", "logo_uri", "scope",
        "contacts", "tos_uri", "policy_uri", "jwks_uri", "jwks", "software_id", "software_version", "application_type", "client_name#ja",
        "logo_uri#fr", "localized", "metadata", "client_id", "x", "token_endpoint_auth_methods_supported", "subject_types_supported",
        "extensions", "choices", "default_max_age", "require_auth_time", "software_statement",
    ];

    private static readonly string[] Texts =
    [
        "https://client.example/cb", "http://127.0.0.1:1/cb", "cursor://a/b", "none", "client_secret_basic", "authorization_code",
        "refresh_token", "code", "openid email", "web", "native", "", " ", "#", "javascript:x", "\u0000", "\ud83d\ude00", "\u202e", "\"\\",
        "https://[::1", "http://", "%zz", "urn:ietf:params:oauth:grant-type:device_code", "keys", "kty", "EC",
    ];

    private static readonly string[] Oddities = ["null", "true", "-0", "1E+400", "\"\\ud800\"", "\"\\u0000\"", "{}", "[]"];

    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.Int[0, Texts.Length - 1].Select(i => Texts[i])), (1, Gen.String[0, 20]), (1, Gen.String[Gen.Char['a', 'z'], 0, 400]));

    private static readonly Gen<string> Scalar = Gen.Frequency(
        (8, Text.Select(Quote)), (1, Gen.Double.Select(d => double.IsFinite(d) ? JsonSerializer.Serialize(d) : "1e999")),
        (1, Gen.Int[0, Oddities.Length - 1].Select(i => Oddities[i])));

    private static readonly Gen<string> Value = Gen.Frequency(
        (4, Scalar),
        (4, Scalar.Array[0, 4].Select(items => $"[{string.Join(',', items)}]")),
        (1, Gen.Select(Text, Scalar).Array[0, 3].Select(Object)),
        (1, Gen.Select(Text, Scalar).Array[0, 3].Select(keys => $$"""{"keys":[{{Object(keys)}}]}""")));

    private static readonly Gen<string> Document =
        Gen.Select(Gen.Int[0, Members.Length - 1].Select(i => Members[i]), Value).Array[0, 5].Select(Object);

    private static readonly Gen<string> MostlyGood = Gen.Select(Gen.Int[0, Members.Length - 1].Select(i => Members[i]), Value).Array[0, 3]
        .Select(members => Bodies.Smallest[..^1] + string.Concat(members.Select(m => $",{Quote(m.Item1)}:{m.Item2}")) + "}");

    public static Gen<string> Any { get; } = Gen.OneOf(Document, MostlyGood);

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static string Object((string Name, string Value)[] members) =>
        "{" + string.Join(',', members.DistinctBy(m => m.Name).Select(m => $"{Quote(m.Name)}:{m.Value}")) + "}";
}
