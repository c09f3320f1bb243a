using System.Runtime.CompilerServices;
using GrpcDcr.Admin.V1;

namespace GrpcDcr.Client;

/// <content>Acts on many clients.</content>
public partial class ClientAdministrationClient
{
    /// <summary>
    /// Approves up to 1,000 clients that are listed, or 10,000 that match. A client that is refused does not stop the others.
    /// </summary>
    /// <param name="request">
    /// Either <c>Clients</c>, or <c>Filter</c> with <c>ExpectedCount</c>: nothing changes if another number of clients matches.
    /// </param>
    /// <param name="cancellationToken">Stops before the next client.</param>
    /// <returns>What happened to each client, as soon as it is known. The call goes on while the results are read.</returns>
    public virtual async IAsyncEnumerable<ClientActResult> BatchApproveAsync(
        BatchApproveClientsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var response in _connection.StreamAsync(_stub.BatchApproveClients, request, cancellationToken).ConfigureAwait(false))
        {
            if (response.Result is { } result)
            {
                yield return result;
            }
        }
    }

    /// <summary>
    /// Rejects up to 1,000 clients that are listed, or 10,000 that match. A client that is refused does not stop the others.
    /// </summary>
    /// <param name="request">
    /// Either <c>Clients</c>, or <c>Filter</c> with <c>ExpectedCount</c>: nothing changes if another number of clients matches.
    /// </param>
    /// <param name="cancellationToken">Stops before the next client.</param>
    /// <returns>What happened to each client, as soon as it is known. The call goes on while the results are read.</returns>
    public virtual async IAsyncEnumerable<ClientActResult> BatchRejectAsync(
        BatchRejectClientsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var response in _connection.StreamAsync(_stub.BatchRejectClients, request, cancellationToken).ConfigureAwait(false))
        {
            if (response.Result is { } result)
            {
                yield return result;
            }
        }
    }

    /// <summary>
    /// Deletes up to 1,000 clients that are listed, or 10,000 that match. A client that is refused does not stop the others.
    /// </summary>
    /// <param name="request">
    /// Either <c>Clients</c>, or <c>Filter</c> with <c>ExpectedCount</c>: nothing changes if another number of clients matches.
    /// </param>
    /// <param name="cancellationToken">Stops before the next client.</param>
    /// <returns>What happened to each client, as soon as it is known. The call goes on while the results are read.</returns>
    public virtual async IAsyncEnumerable<ClientActResult> BatchDeleteAsync(
        BatchDeleteClientsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var response in _connection.StreamAsync(_stub.BatchDeleteClients, request, cancellationToken).ConfigureAwait(false))
        {
            if (response.Result is { } result)
            {
                yield return result;
            }
        }
    }
}
