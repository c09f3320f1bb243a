using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.V1;
using UpdateClientRequest = GrpcDcr.Admin.V1.UpdateClientRequest;
using UpdateClientResponse = GrpcDcr.Admin.V1.UpdateClientResponse;

namespace GrpcDcr.Client;

/// <content>Clients that administrators create or change.</content>
public partial class ClientAdministrationClient
{
    /// <summary>Creates a client, which is active at once, whether registration is enabled or not.</summary>
    /// <param name="metadata">The metadata, validated like that of a registration.</param>
    /// <param name="owner">Who is responsible for the client; at most 200 characters. Optional.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="requestId">
    /// Makes the call safe to repeat within 24 hours: calls with the same identifier create one client. If an earlier call took effect, a
    /// repeated call fails with <see cref="ErrorReason.RequestAlreadyDone"/>, because the credentials are shown only once. Null means that
    /// each call creates a client.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The client with its credentials, which no other response shows.</returns>
    public virtual async Task<CreateClientResponse> CreateAsync(
        ClientMetadata metadata, string? owner = null, string? reason = null, Guid? requestId = null,
        CancellationToken cancellationToken = default)
    {
        var request = new CreateClientRequest
        {
            Metadata = metadata,
            Owner = owner ?? "",
            Reason = reason ?? "",
            RequestId = requestId?.ToString() ?? "",
        };
        return await _connection.CallAsync(_stub.CreateClientAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Changes members of the effective metadata of a client in any state. It takes effect at once; a pending update gets the same changes.
    /// </summary>
    /// <param name="clientId">The client to change.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed.</param>
    /// <param name="members">
    /// The names of the members to change, such as <c>scope</c>. A member includes its language-tagged forms; <c>extensions</c> means all
    /// members that the deployment names.
    /// </param>
    /// <param name="metadata">Their new values, and no others. A member without one is removed, so that its default applies.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The client after the act, with a new client secret if it needs one and had none.</returns>
    public virtual async Task<UpdateClientResponse> UpdateAsync(
        string clientId, string etag, IEnumerable<string> members, ClientMetadata metadata, string? reason = null,
        CancellationToken cancellationToken = default)
    {
        var request = new UpdateClientRequest
        {
            ClientId = clientId,
            Etag = etag,
            UpdateMask = new FieldMask { Paths = { members } },
            Metadata = metadata,
            Reason = reason ?? "",
        };
        return await _connection.CallAsync(_stub.UpdateClientAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets and removes annotations of a client in any state; all others stay.</summary>
    /// <param name="clientId">The client to annotate.</param>
    /// <param name="annotations">
    /// The annotations to add or replace. Keys have 1 to 63 characters <c>[a-z0-9._/-]</c>, values at most 256. Null means none.
    /// </param>
    /// <param name="remove">The keys of the annotations to remove. Null means none.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed. Absent means the current version.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> UpdateAnnotationsAsync(
        string clientId, IReadOnlyDictionary<string, string>? annotations = null, IEnumerable<string>? remove = null,
        string? etag = null, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new UpdateClientAnnotationsRequest
        {
            ClientId = clientId,
            Remove = { remove ?? [] },
            Etag = etag ?? "",
            Reason = reason ?? "",
        };
        foreach (var pair in annotations ?? new Dictionary<string, string>())
        {
            request.Set.Add(pair.Key, pair.Value);
        }

        return (await _connection.CallAsync(_stub.UpdateClientAnnotationsAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>
    /// Adds a note about a client in any state. Notes are audit events of the type <c>ClientNoteAdded</c>; neither the client nor
    /// authorization servers see them.
    /// </summary>
    /// <param name="clientId">The client.</param>
    /// <param name="text">The note; 1 to 1,000 characters.</param>
    /// <param name="cancellationToken">Stops waiting; the note may still be added.</param>
    public virtual Task AddNoteAsync(string clientId, string text, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(
            _stub.AddClientNoteAsync, new AddClientNoteRequest { ClientId = clientId, Text = text }, cancellationToken);
}
