using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Administration;

/// <summary>Notes of administrators about clients. A note is an audit event, and the client does not change by it.</summary>
internal sealed class ClientNotes(IRegistrationStore store, ClientLifecycle lifecycle, AuditedAct audited)
{
    /// <param name="clientId">The client, in any state.</param>
    /// <param name="text">The note.</param>
    /// <param name="request">Who.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="RegistrationRefusedException">The client does not exist, or the note is empty or too long.</exception>
    public Task AddAsync(string clientId, string text, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
        AuditEventType.ClientNoteAdded,
        ClientId.TryParse(clientId, out var id) ? id : null,
        request,
        async attempted =>
        {
            Reasons.CheckNote(text);
            var client = await lifecycle.GetAsync(clientId, cancellationToken);
            await store.RecordAsync(attempted with { Detail = new AuditDetail.ClientNote(text) }, cancellationToken);
            return client;
        },
        cancellationToken);
}
