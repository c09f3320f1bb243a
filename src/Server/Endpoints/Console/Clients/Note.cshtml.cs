using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Adds a note about a client.</summary>
[StandsFor("ClientAdministration/AddClientNote")]
internal sealed class NoteModel(ClientReviews reviews, ClientNotes notes) : ClientAct(ClientActs.AddNote, reviews)
{
    [FromForm(Name = "text")]
    public string? Text { get; set; }

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            await notes.AddAsync(ClientId, Text ?? "", Act(), cancellationToken);
            return Done("The note is added.");
        },
        cancellationToken);
}
