using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Properties;

/// <summary>Whatever is sent, the answer is a registration or a refusal in the shape of RFC 7591, and never a failure.</summary>
public sealed class ArbitraryRequestsTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private static readonly string[] Members =
    [
        "redirect_uris", "token_endpoint_auth_method", "grant_types", "response_types", "client_name", "client_uri", "logo_uri", "scope",
        "contacts", "tos_uri", "policy_uri", "jwks_uri", "jwks", "software_id", "software_version", "application_type", "client_name#ja",
        "logo_uri#fr", "localized", "metadata", "client_id", "x",
    ];

    private static readonly string[] Texts =
    [
        "https://client.example/cb", "http://127.0.0.1:1/cb", "cursor://a/b", "none", "client_secret_basic", "authorization_code",
        "refresh_token", "code", "openid email", "web", "native", "", " ", "#", "javascript:x", "\u0000", "\ud83d\ude00", "\u202e", "\"\\",
        "https://[::1", "http://", "%zz", "urn:ietf:params:oauth:grant-type:device_code", "keys", "kty", "EC",
    ];

    private static readonly string[] Oddities = ["null", "true", "-0", "1E+400", "\"\\ud800\"", "\"\\u0000\"", "{}", "[]"];

    /// <summary>Members whose registered value is not theirs to send, or that depend on the time.</summary>
    private static readonly string[] Issued = [
        "client_id", "client_id_issued_at", "client_secret", "client_secret_expires_at", "client_status", "registration_access_token",
        "registration_client_uri"];

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

    private static readonly Gen<byte[]> Mutated = Gen.Select(
        Gen.OneOf(Document, MostlyGood), Gen.Int[0, 400], Gen.Byte, Gen.Bool,
        (document, at, value, cut) => Mutate(Encoding.UTF8.GetBytes(document), at, value, cut));

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public Task Arbitrary_bytes_never_fail() => Gen.Byte.Array[0, 300].SampleAsync(IsAnsweredAsync, iter: 500, threads: 2);

    [Fact]
    public Task Damaged_documents_never_fail() => Mutated.SampleAsync(IsAnsweredAsync, iter: 1_500, threads: 2);

    [Fact]
    public Task What_was_registered_registers_the_same_again() =>
        Gen.OneOf(Document, MostlyGood).SampleAsync(async document =>
        {
            var first = await _server.RegisterAsync(document);
            if (first.Status != HttpStatusCode.Created)
            {
                first.IsRefusal(document);
                return;
            }

            var registered = Registered(first);
            var second = await _server.RegisterAsync(registered.ToJsonString());

            Assert.True(second.Status == HttpStatusCode.Created, $"{document} -> {first.Body} -> {second.Body}");
            Assert.True(JsonNode.DeepEquals(registered, Registered(second)), $"{first.Body} -> {second.Body}");
        }, iter: 1_500, threads: 2);

    private async Task IsAnsweredAsync(byte[] body)
    {
        var answer = await _server.RegisterAsync(Bodies.Content(body, "application/json"));
        if (answer.Status == HttpStatusCode.Created)
        {
            Assert.NotEmpty(answer.Text("client_id")!);
        }
        else
        {
            answer.IsRefusal(Convert.ToBase64String(body));
        }
    }

    private static JsonObject Registered(Answer answer)
    {
        var document = (JsonObject)JsonNode.Parse(answer.Body)!;
        foreach (var member in Issued)
        {
            document.Remove(member);
        }

        return document;
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static string Object((string Name, string Value)[] members) =>
        "{" + string.Join(',', members.DistinctBy(m => m.Name).Select(m => $"{Quote(m.Name)}:{m.Value}")) + "}";

    private static byte[] Mutate(byte[] document, int at, byte value, bool cut)
    {
        if (document.Length == 0)
        {
            return document;
        }

        at %= document.Length;
        if (cut)
        {
            return document[..at];
        }

        document[at] = value;
        return document;
    }
}
