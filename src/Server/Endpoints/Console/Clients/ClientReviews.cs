using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Reads a client with all that a decision about it needs.</summary>
internal sealed class ClientReviews(ClientLifecycle lifecycle, ClientApprovals approvals, Resemblances resemblances)
{
    /// <exception cref="RegistrationRefusedException">There is no such client.</exception>
    public async Task<ReviewedClient> OfAsync(string clientId, CancellationToken cancellationToken)
    {
        var client = await lifecycle.GetAsync(clientId, cancellationToken);
        return new ReviewedClient(client, approvals.NeededFor(client), await resemblances.OfAsync(client, cancellationToken));
    }
}

/// <summary>One version of a client.</summary>
/// <param name="Client">The client.</param>
/// <param name="ApprovalsNeeded">How many administrators must approve it.</param>
/// <param name="Resemblances">The stopped clients that it resembles; empty if it does not wait for a decision.</param>
internal sealed record ReviewedClient(RegisteredClient Client, int ApprovalsNeeded, IReadOnlyList<Resemblance> Resemblances)
{
    public string Path => "/console/clients/" + Client.Id;

    /// <summary>Travels in forms, so that what was reviewed is what is decided about.</summary>
    public string Tag => Etag.Of(Client);

    /// <summary>What to call it.</summary>
    public string Name => Client.Latest.ClientName ?? Client.Id.ToString();

    /// <summary>Member by member what the pending update would change; all of it widens, because the rest is effective already.</summary>
    public IReadOnlyList<MemberDifference> Changes =>
        Client.PendingUpdate is { } pending ? MemberDifference.Between(Client.Metadata, pending.Metadata) : [];

    /// <summary>What a block rule could stop its program by.</summary>
    public IEnumerable<ClientTrait> Traits => ClientTrait.Of(Client.Latest, Client.SourceAddress)
        .Where(trait => !trait.IsCommon)
        .DistinctBy(trait => (trait.Subject, trait.Value))
        .OrderBy(trait => trait.Subject);

    /// <summary>How far the approval is, such as <c>1 of 2</c>; <see langword="null"/> where one administrator approves alone.</summary>
    public string? Approved => ApprovalsNeeded > 1 && (Client.IsAwaitingApproval || Client.Approvals.Count > 0)
        ? $"{Client.Approvals.Count} of {ApprovalsNeeded}"
        : null;
}
