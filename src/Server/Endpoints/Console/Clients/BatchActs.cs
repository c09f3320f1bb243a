using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>What an administrator can do with many clients at once: a page each.</summary>
/// <param name="One">The act on one of them.</param>
/// <param name="Transition">The decision; <see langword="null"/> deletes the clients.</param>
/// <param name="Done">What was done with those that were not refused.</param>
/// <param name="Model">The model of the page.</param>
internal sealed record BatchActKind(ClientActKind One, ClientTransition? Transition, string Done, Type Model)
{
    public string Path => "/console/clients/batch-" + One.Segment;

    public string Title => One.Title + " many clients";

    /// <summary>Whether the user types how many clients there are, because it cannot be undone.</summary>
    public bool AsksForCount => Transition is null;
}

/// <summary>The acts on many clients, in the order in which they are offered.</summary>
internal static class BatchActs
{
    public static BatchActKind Approve { get; } = new(ClientActs.Approve, ClientTransition.Approve, "approved", typeof(BatchApproveModel));

    public static BatchActKind Reject { get; } = new(ClientActs.Reject, ClientTransition.Reject, "rejected", typeof(BatchRejectModel));

    public static BatchActKind Delete { get; } = new(ClientActs.Delete, null, "deleted", typeof(BatchDeleteModel));

    public static IReadOnlyList<BatchActKind> All { get; } = [Approve, Reject, Delete];
}

/// <summary>What a list of clients offers to do with many of them.</summary>
/// <param name="Query">The query of a page of an act for all that match; empty for all clients.</param>
internal sealed record BatchOffer(string Query)
{
    /// <summary>The identifier of the form that the ticked boxes belong to.</summary>
    public const string Form = "many";

    /// <summary>What a ticked box sends: the client, and the version that was seen.</summary>
    public static string ValueOf(RegisteredClient client) => $"{client.Id}:{Administration.Etag.Of(client)}";
}
