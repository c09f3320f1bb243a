using System.Net;
using System.Text.Json;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Policy;

/// <summary>The largest document that may be sent is registered, updated beside its approved version, and recorded.</summary>
public sealed class LargestDocumentTests
{
    [Fact]
    public async Task Fits_twice_into_a_record_and_its_event()
    {
        await using var server = await RunningServer.StartAsync("Registration:MaxLocalized=1000");
        var client = await OwnRecord.RegisterAsync(server, Document("a", clientId: null));
        Assert.Equal(HttpStatusCode.OK, (await server.ActAsync(client.ClientId, "approve")).Status);

        var updated = (await client.PutAsync(Document("b", client.ClientId))).IsRecord();

        Assert.Equal("active", updated.Text("client_status"));
        var seen = await server.ClientAsync(client.ClientId);
        Assert.Equal((0, 18, 18), (
            seen.Metadata.RedirectUris.Count, seen.PendingUpdate.Metadata.RedirectUris.Count,
            updated.Json.Strings("redirect_uris").Length));
        var recorded = Assert.Single(
            (await server.AuditLog().ListAuditEventsAsync(
                new() { ClientId = client.ClientId, Type = AuditEventType.ClientUpdated })).Events);
        Assert.True(recorded.ClientUpdated.AwaitingApproval);
        Assert.NotEqual(0, recorded.ClientUpdated.OmittedMembers);
    }

    /// <summary>Nearly 64 KiB of names in many languages and long redirect URIs.</summary>
    private static string Document(string letter, string? clientId)
    {
        var document = new Dictionary<string, object>
        {
            ["redirect_uris"] = Enumerable.Range(0, 18).Select(
            i => $"https://{letter}.example/{i}/{new string('x', 1_900)}")
        };
        if (clientId is not null)
        {
            document["client_id"] = clientId;
        }

        var name = string.Concat(Enumerable.Repeat("\u30af", 100)) + letter;
        for (var i = 0; JsonSerializer.SerializeToUtf8Bytes(document, Readable).Length < 63_000; i++)
        {
            document[$"client_name#aa-x{i}"] = name;
        }

        return JsonSerializer.Serialize(document, Readable);
    }

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
