using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Properties;

/// <summary>Whatever is sent, the answer is a registration or a refusal in the shape of RFC 7591, and never a failure.</summary>
public sealed class ArbitraryRequestsTests(OpenServer shared) : IClassFixture<OpenServer>
{
    /// <summary>Members whose registered value is not theirs to send, or that depend on the time.</summary>
    private static readonly string[] Issued = [
        "client_id", "client_id_issued_at", "client_secret", "client_secret_expires_at", "client_status", "registration_access_token",
        "registration_client_uri"];

    private static readonly Gen<byte[]> Mutated = Gen.Select(
        ArbitraryDocuments.Any, Gen.Int[0, 400], Gen.Byte, Gen.Bool,
        (document, at, value, cut) => Mutate(Encoding.UTF8.GetBytes(document), at, value, cut));

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public Task Arbitrary_bytes_never_fail() => Gen.Byte.Array[0, 300].SampleAsync(IsAnsweredAsync, iter: 500, threads: 2);

    [Fact]
    public Task Damaged_documents_never_fail() => Mutated.SampleAsync(IsAnsweredAsync, iter: 1_500, threads: 2);

    [Fact]
    public Task What_was_registered_registers_the_same_again() =>
        ArbitraryDocuments.Any.SampleAsync(async document =>
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
