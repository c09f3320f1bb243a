using System.Text.Json;
using CsCheck;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>Members of other specifications, each of its JSON type but otherwise of any value.</summary>
internal static class GeneratedExtensions
{
    private static readonly string[] Texts =
    [
        "RS256", "ES256", "HS256", "none", "EdDSA", "PS256", "RSA-OAEP", "A128KW", "dir", "ECDH-ES", "A128CBC-HS256", "A128GCM", "public",
        "pairwise",
        "poll", "ping", "push", "one", "two", "", " ", "https://client.example/x", "http://client.example/x", "https://client.example/x#y",
        "javascript:x",
        "https://other.example/", "cursor://a", "CN=client", "CN=", "client.example", "192.0.2.1", "::1", "a@client.example", "\"\\",
        "\u00e9", "a\u200db",
    ];

    /// <summary>As JSON, for what cannot be written as text.</summary>
    private static readonly string[] Broken = ["\"\\ud800\"", "\"\\u0000\"", "\"a\\nb\"", "\"none\\ud800\"", "\"\\ud83d\\ude80\""];

    private static readonly string[] Controls = ["\"\\u0000\"", "\"a\\nb\"", "\"\\ud83d\\ude80\""];

    private static readonly string[] Objects =
        ["{}", """{"x":{}}""", """{"x":1}""", """{"x":{"y":"\ud800"}}"""];

    /// <summary>What a member of the table cannot hold: the reader refuses it.</summary>
    private static readonly string[] Unreadable = ["""{"\ud800":{}}""", """{"x":{},"x":1}"""];

    private static readonly string[] AnyJson =
        [.. Objects, .. Unreadable, "null", "1", "1e400", "true", "[]", "[null,{}]", "\"\"", "\"a\"", .. Broken];

    private static readonly Gen<string> Text = Gen.Frequency(
        (30, Gen.OneOf(Texts).Select(text => JsonSerializer.Serialize(text))), (1, Gen.OneOf(Controls)),
        (1, Gen.Char.Array[0, 40].Select(characters => JsonSerializer.Serialize(new string(characters)))));

    private static readonly Gen<string> List = Text.Array[0, 4].Select(items => $"[{string.Join(',', items)}]");

    private static readonly Gen<(string Name, string Json)> Member = Gen.OneOf([.. SampleMembers.Extensions])
        .SelectMany(member => Of(member.Kind).Select(json => (member.Name, json)));

    private static readonly Gen<(string Name, string Json)> Other = Gen.Select(
        Gen.OneOf("x_tenant", "x_note", "x", "", "#", "\ud800"), Gen.OneOf(AnyJson));

    /// <summary>Rarely acceptable.</summary>
    public static Gen<(string Name, JsonElement Json)[]> Any { get; } =
        Gen.Frequency((6, Member), (1, Other)).Array[0, 6].Select(Members);

    /// <summary>Acceptable more often than not.</summary>
    public static Gen<(string Name, JsonElement Json)[]> Plausible { get; } = Gen.OneOf(
        ("subject_type", "\"public\""), ("id_token_signed_response_alg", "\"ES256\""), ("id_token_signed_response_alg", "\"HS256\""),
        ("userinfo_signed_response_alg", "\"none\""), ("request_object_encryption_alg", "\"A128KW\""), ("require_auth_time", "true"),
        ("default_max_age", "60"), ("default_acr_values", "[]"), (
            "response_modes", "[\"one\",\"x\"]"), ("dpop_bound_access_tokens", "false"),
        ("initiate_login_uri", "\"https://client.example/\""), (
            "request_uris", "[\"https://client.example/#x\"]"), ("x_tenant", "{\"a\":[1]}"),
        ("organization_name", "\"A\""), ("vp_formats_supported", "{\"x\":{}}"), ("backchannel_token_delivery_mode", "\"poll\""), ("x", "1"))
        .Array[0, 3].Select(Members);

    private static Gen<string> Of(MemberKind kind) => kind switch
    {
        MemberKind.Text => Text,
        MemberKind.Texts => List,
        MemberKind.Flag => Gen.OneOf("true", "false"),
        MemberKind.Number => Gen.OneOf("0", "60", "-1", "9223372036854775807"),
        _ => Gen.OneOf(Objects),
    };

    private static (string Name, JsonElement Json)[] Members((string Name, string Json)[] members) =>
        [.. members.DistinctBy(member => member.Name).Select(member => (member.Name, JsonElement.Parse(member.Json)))];
}
