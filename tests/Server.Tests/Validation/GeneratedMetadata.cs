using System.Text.Json;
using CsCheck;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>Metadata such as nobody would send on purpose: good values, nearly good ones, and any text at all, mixed.</summary>
internal static class GeneratedMetadata
{
    private static readonly string[] Uris =
    [
        "https://client.example/cb", "https://client.example", "http://127.0.0.1/cb", "http://[::1]:7/", "http://localhost", "cursor://a/b",
        "com.example.app:/cb", "myapp:/cb", "javascript:x", "https://localhost/cb", "https://user:pw@x/", "https://x/#", "https://x/%",
        "https://x/%2",
        "//x", "", ":", "https:", "https://[", "https://[]", "https://[::1", "http://127.0.0.1:", "a:", "https://x/..", "https://x/%2",
        "x://%2f/%2e%2E",
        "http://127.0.0.1:99999999999/", "https://x:1:2/", "https://é.example/", "https://x/\"\\", "?", "x:?code=1", "x://h?%",
        "x.y:?c%6fde",
    ];

    private static readonly string[] Words =
    [
        "authorization_code", "refresh_token", "implicit", "password", "client_credentials", "device_code", "urn:x", "code", "token",
        "id_token",
        "code id_token", "token  id_token ", " ", "none", "private_key_jwt", "client_secret_jwt", "tls_client_auth",
        "self_signed_tls_client_auth",
        "urn:openid:params:grant-type:ciba", "client_secret_basic", "client_secret_post", "web", "native", "desktop", "email", "openid",
        "email profile", "profile  email ", "openid nope", "\"\\", "", "\ud800", "é", "\0", "a\u200db", "\u200d",
        "<script>alert(1)</script>",
    ];

    private static readonly string[] Names =
    [
        "client_name#en", "client_name#EN", "client_name#", "logo_uri#fr", "client_uri#fr-CA", "#", "", "client_name", "redirect_uris#en",
        "tos_uri##",
        "client_name#\ud800", "policy_uri#a-", "LOGO_URI#x", "organization_name#en", "description#en", "information_uri#en",
    ];

    private static readonly JsonElement?[] KeySets =
    [
        null, default(JsonElement), JsonElement.Parse("null"), JsonElement.Parse("{}"), JsonElement.Parse("[]"), JsonElement.Parse("1"),
        JsonElement.Parse("""{"keys":[]}"""), JsonElement.Parse("""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"""),
        JsonElement.Parse("{\"keys\":[{" + SampleKeys.Rsa + "},{" + SampleKeys.Ec + "}]}"),
        JsonElement.Parse("{\"keys\":[{" + SampleKeys.Ec + ",\"x5c\":[\"MIIB\"]},{" + SampleKeys.Ed25519 + ",\"use\":1}]}"),
        JsonElement.Parse("""{"keys":[{"kty":"RSA","n":"=","e":1},{"kty":"EC","crv":1},{"kty":"OKP","crv":"Ed25519","x":"A A"}]}"""),
        JsonElement.Parse(
            """{"keys":[{"kty":"","crv":1,"alg":"none","key_ops":[],"x5c":[""]},{"kty":"AKP","kid":"1"},{"kty":"AKP","kid":"1"}]}"""),
        JsonElement.Parse("""{"keys":[{"kty":"oct"}]}"""), JsonElement.Parse("""{"keys":[{"kty":"EC","d":"x"}]}"""),
        JsonElement.Parse("""{"keys":[{"kty":"\ud800"}]}"""), JsonElement.Parse("""{"\ud800":1,"keys":[]}"""), JsonElement.Parse(
            """{"keys":[{"kty":"\\u"}]}"""),
        JsonElement.Parse("""{"keys":[null,1,"x",[]],"keys":[]}"""), JsonElement.Parse("{\"keys\":[{\"kty\":\"\\ud83d\\ude80\\\\\"}]}"),
        JsonElement.Parse([(byte)'"', 0xFF, (byte)'"']),
    ];

    /// <summary>Any UTF-16 at all, halves of surrogate pairs too.</summary>
    private static readonly Gen<string> AnyText = Gen.Char.Array[0, 80].Select(characters => new string(characters));

    private static readonly Gen<string> Uri =
        Gen.Frequency((6, Gen.OneOf(Uris)), (1, AnyText), (1, Gen.Select(Gen.OneOf(Uris), AnyText, string.Concat)));

    private static readonly Gen<string> Word = Gen.Frequency((6, Gen.OneOf(Words)), (1, AnyText), (1, Gen.OneOf(Uris)));

    private static readonly Gen<string?> MaybeWord = Gen.Frequency((1, Gen.Const((string?)null)), (1, Word.Select(word => (string?)word)));

    private static readonly Gen<string?> MaybeUri = Gen.Frequency((2, Gen.Const((string?)null)), (1, Uri.Select(uri => (string?)uri)));

    private static readonly Gen<Dictionary<string, string>> Localized = Gen.Select(
        Gen.Frequency((6, Gen.OneOf(Names)), (1, AnyText)), Gen.Frequency((1, Word), (1, Uri)))
        .Array[0, 4].Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    /// <summary>Rarely acceptable.</summary>
    public static Gen<ClientMetadata> Any { get; } = Gen.Select(
        Gen.Select(Uri.Array[0, 22], Word.Array[0, 4], Word.Array[0, 4], Word.Array[0, 3]),
        Gen.Select(MaybeWord, MaybeWord, MaybeWord, MaybeWord),
        Gen.Select(MaybeUri, MaybeUri, MaybeUri, MaybeUri, MaybeUri),
        Gen.Select(Gen.OneOf(KeySets), Localized, MaybeWord, GeneratedExtensions.Any),
        (lists, words, uris, rest) => new ClientMetadata
        {
            RedirectUris = [.. lists.Item1.Select(uri => new RedirectUri(uri))],
            GrantTypes = lists.Item2,
            ResponseTypes = lists.Item3,
            TokenEndpointAuthMethod = words.Item1,
            ClientName = words.Item2,
            Scope = words.Item3,
            ApplicationType = words.Item4,
            JwksUri = uris.Item5,
            Jwks = rest.Item1,
            Localized = rest.Item2,
        }
            .With(CoreMembers.Contacts, lists.Item4)
            .With(CoreMembers.ClientUri, uris.Item1)
            .With(CoreMembers.LogoUri, uris.Item2)
            .With(CoreMembers.TosUri, uris.Item3)
            .With(CoreMembers.PolicyUri, uris.Item4)
            .With(CoreMembers.SoftwareId, rest.Item3)
            .Stating(rest.Item4));

    /// <summary>Acceptable more often than not.</summary>
    public static Gen<ClientMetadata> Plausible { get; } = Gen.Select(
        Gen.OneOf(
            "https://client.example/cb", "https://b.example", "http://127.0.0.1/cb", "com.example.app:/cb",
            "HTTPS://C.example/%7E").Array[1, 4],
        Gen.OneOf("authorization_code", "refresh_token", "device_code", "password", "implicit").Array[0, 4],
        Gen.OneOf("code", "id_token code", "code id_token").Array[0, 2],
        Gen.OneOf<string?>(null, "", "native", "web"),
        Gen.OneOf<string?>(null, "", " ", "email", "openid  email email", "profile openid"),
        Gen.OneOf<string?>(null, "", "none", "client_secret_post"),
        Gen.OneOf<string?>(null, "", "A name"),
        Gen.Select(Gen.OneOf("", "a@client.example").Array[0, 3], GeneratedExtensions.Plausible),
        (uris, grants, types, type, scope, method, name, lists) => new ClientMetadata
        {
            RedirectUris = [.. uris.Select(uri => new RedirectUri(uri))],
            GrantTypes = grants,
            ResponseTypes = types,
            ApplicationType = type,
            Scope = scope,
            TokenEndpointAuthMethod = method,
            ClientName = name,
            Localized = name is null
                ? ClientMetadata.Empty.Localized
                : new Dictionary<string, string> { ["client_name#en"] = name, ["scope#en"] = "x" },
        }
            .With(CoreMembers.Contacts, lists.Item1)
            .Stating(lists.Item2));

    private static ClientMetadata Stating(this ClientMetadata metadata, IEnumerable<(string Name, JsonElement Json)> members) =>
        members.Aggregate(metadata, (document, member) => document.Stating(member.Name, member.Json));
}
