using System.Runtime.CompilerServices;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>Acts on many clients: each is the act on one client, with its own audit event.</summary>
internal sealed class ClientBatches(IClientReader store, ClientLifecycle lifecycle)
{
    /// <summary>Clients that a call may list.</summary>
    public const int MaxListed = 1_000;

    /// <summary>Clients that the filter of a call may match.</summary>
    public const int MaxMatching = 10_000;

    /// <param name="transition">The decision; <see langword="null"/> deletes the clients.</param>
    /// <param name="selection">The clients.</param>
    /// <param name="request">Actor and reasons.</param>
    /// <param name="cancellationToken">Stops before the next client.</param>
    /// <returns>What happened to each, as soon as it is known.</returns>
    /// <exception cref="RegistrationRefusedException">The request was refused, and nothing was changed.</exception>
    public async IAsyncEnumerable<BatchResult> RunAsync(
        ClientTransition? transition, BatchSelection selection, ActRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(selection, transition is { NeedsEtag: true });
        Reasons.Check(request, transition is { NeedsReason: true });
        var chosen = selection.Filter is { } filter
            ? await FoundAsync(filter, selection.ExpectedCount!.Value, cancellationToken)
            : selection.Clients;
        foreach (var (clientId, etag) in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fault = await FaultOfAsync(transition, clientId, request with { Etag = etag }, cancellationToken);
            yield return new BatchResult(clientId, fault);
        }
    }

    private async Task<RegistrationFault?> FaultOfAsync(
        ClientTransition? transition, string clientId, ActRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await (transition is null
                ? lifecycle.DeleteAsync(clientId, request, cancellationToken)
                : lifecycle.TransitionAsync(transition, clientId, request, cancellationToken));
            return null;
        }
        catch (RegistrationRefusedException refused)
        {
            return refused.Fault;
        }
        catch (StorageException e) when (FaultTranslation.Of(e) is RegistrationFault.StoreUnavailable)
        {
            return FaultTranslation.Of(e);
        }
    }

    /// <summary>The clients that match now, and one more than a call may match if there are more.</summary>
    public async IAsyncEnumerable<RegisteredClient> MatchAsync(
        ClientFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = MaxMatching + 1;
        PageToken? next = null;
        do
        {
            var page = await store.ListAsync(filter, new PageRequest(Math.Min(left, PageRequest.MaxSize), next), cancellationToken);
            foreach (var client in page.Items)
            {
                yield return client;
            }

            left -= page.Items.Count;
            next = page.NextToken;
        }
        while (next is not null && left > 0);
    }

    /// <summary>The clients that match, in the version that matches.</summary>
    private async Task<IReadOnlyList<BatchClient>> FoundAsync(ClientFilter filter, int expected, CancellationToken cancellationToken)
    {
        var found = new List<BatchClient>();
        await foreach (var client in MatchAsync(filter, cancellationToken))
        {
            found.Add(new BatchClient(client.Id.ToString(), Etag.Of(client)));
        }

        return found.Count == expected
            ? found
            : throw new RegistrationRefusedException(new RegistrationFault.CountMismatch(expected, found.Count, MaxMatching));
    }

    private static void Check(BatchSelection selection, bool needsEtags)
    {
        var (violations, clients) = (new Violations(), selection.Clients);
        if (clients.Count > 0 == selection.Filter is not null)
        {
            violations.Add("clients", "Either clients or filter is required, and not both.");
        }

        if (selection.Filter is null == selection.ExpectedCount is not null || selection.ExpectedCount is < 0 or > MaxMatching)
        {
            violations.Add("expected_count", $"The expected_count must be 0 to {MaxMatching} with a filter, and absent without one.");
        }

        if (clients.Count > MaxListed)
        {
            violations.Add("clients", $"The clients are {clients.Count}; {MaxListed} are allowed.");
        }
        else
        {
            CheckEach(clients, needsEtags, violations);
        }

        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }
    }

    private static void CheckEach(IReadOnlyList<BatchClient> clients, bool needsEtags, Violations violations)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < clients.Count; i++)
        {
            if (!seen.Add(clients[i].ClientId))
            {
                violations.Add($"clients[{i}].client_id", $"{Excerpt.Of(clients[i].ClientId)} is there twice.");
            }

            if (needsEtags && clients[i].Etag is null)
            {
                violations.Add($"clients[{i}].etag", "The etag of the client that was read is required.");
            }
        }
    }
}

/// <summary>The clients of an act on many: either listed, or those that match.</summary>
/// <param name="Clients">The listed clients.</param>
/// <param name="Filter">Which clients; <see langword="null"/> for the listed ones.</param>
/// <param name="ExpectedCount">How many must match; <see langword="null"/> if that is not given.</param>
internal sealed record BatchSelection(IReadOnlyList<BatchClient> Clients, ClientFilter? Filter, int? ExpectedCount);

/// <summary>One of many clients.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Etag">The version that was reviewed; <see langword="null"/> for the current version.</param>
internal sealed record BatchClient(string ClientId, string? Etag);

/// <summary>What happened to one of many clients.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Fault">Why the act was refused; <see langword="null"/> if it succeeded.</param>
internal sealed record BatchResult(string ClientId, RegistrationFault? Fault);
