using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Notes of administrators about clients.</summary>
public sealed class NoteTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Notes_are_in_the_history_of_the_client_and_nobody_else_sees_them()
    {
        var own = await OwnRecord.RegisterAsync(_server);
        await _server.ActAsync(own.ClientId, "approve");
        var before = await _server.ClientAsync(own.ClientId);
        var seenBefore = await SeenAsync(own.ClientId);

        Assert.Equal("{}", (await _server.ActAsSentAsync(own.ClientId, "addNote", """{"text":"called\nthem-first"}""")).Body.Trim());
        await _server.Administration().AddClientNoteAsync(new() { ClientId = own.ClientId, Text = "no answer" });

        Assert.Equal(before, await _server.ClientAsync(own.ClientId));
        Assert.Equal(seenBefore, await SeenAsync(own.ClientId));
        Assert.DoesNotContain("them-first", (await own.ReadAsync()).IsRecord().Body, StringComparison.Ordinal);
        var notes = (await NotesAsync(own.ClientId)).ToList();
        Assert.Equal(["called\nthem-first", "no answer"], notes.Select(note => note.ClientNote.Text));
        Assert.All(notes, note => Assert.Equal(("admin", true, false), (note.Actor.Name, note.Succeeded, note.HasClientRevision)));
        await _server.AdminAsync(HttpMethod.Delete, $"clients/{own.ClientId}");
        Assert.Equal(notes, await NotesAsync(own.ClientId));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(0, false)]
    public async Task A_note_has_1_to_1000_characters(int length, bool isAdded)
    {
        var id = await _server.ClientInAsync(ClientState.Suspended);

        var answer = await _server.ActAsSentAsync(id, "addNote", $$"""{"text":"{{new string('n', length)}}"}""");

        if (!isAdded)
        {
            answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
            Assert.Contains("\"field\":\"text\"", answer.Body, StringComparison.Ordinal);
        }

        var recorded = Assert.Single(await NotesAsync(id));
        Assert.Equal((isAdded, length), (recorded.Succeeded, recorded.ClientNote?.Text.Length ?? length));
    }

    [Fact]
    public async Task There_is_no_note_about_a_client_that_does_not_exist() =>
        (await _server.ActAsSentAsync(Guid.CreateVersion7().ToString(), "addNote", """{"text":"x"}""")).IsStatus(
            HttpStatusCode.NotFound, (int)StatusCode.NotFound, "CLIENT_NOT_FOUND");

    private async Task<Directory.V1.Client> SeenAsync(string id) =>
        (await _server.Directory().GetClientAsync(new() { ClientId = id, View = ClientView.Full })).Client;

    private Task<List<AuditEvent>> NotesAsync(string id) =>
        _server.EventsAsync(new() { ClientId = id, Type = AuditEventType.ClientNoteAdded });
}
