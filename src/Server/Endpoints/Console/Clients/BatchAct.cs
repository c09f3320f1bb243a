using System.Globalization;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using ClientFilter = GrpcDcr.Admin.V1.ClientFilter;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>
/// An act on many clients: on those that were ticked in a list, or on those that match the filter in the address. The page says which they
/// are and asks; the answer is a page that grows while the act goes on.
/// </summary>
[QueryOf(typeof(ListClientsRequest), Field = "filter")]
internal abstract class BatchAct(BatchActKind kind, ClientBatches batches, IClientReader store) : ConsolePage
{
    private const string CountField = "expected_count";

    /// <summary>How many clients are shown before the question.</summary>
    private const int MaxShown = 20;

    public BatchActKind Kind => kind;

    /// <summary>The ticked clients; empty for those that match.</summary>
    [FromForm(Name = "client")]
    public IReadOnlyList<string> Ticked { get; set; } = [];

    /// <summary><c>true</c> if the user was asked.</summary>
    [FromForm(Name = "confirmed")]
    public string? Confirmed { get; set; }

    /// <summary>How many clients the user saw.</summary>
    [FromForm(Name = CountField)]
    public string? ExpectedCount { get; set; }

    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    /// <summary>How many clients there are now; at most one more than can be acted on.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them; <see langword="null"/> for one that is gone.</summary>
    public IReadOnlyList<(string ClientId, RegisteredClient? Client)> First { get; private set; } = [];

    /// <summary>The filter for people; empty for all clients.</summary>
    public IEnumerable<(string Label, string Value)> Filter => SearchTexts.All
        .Select(text => (text.Value.Label, Request.Query[text.Key].ToString()))
        .Where(chosen => chosen.Item2.Length > 0);

    /// <summary>The fields that the user fills in.</summary>
    public IEnumerable<Field> Fields =>
    [
        .. kind.AsksForCount
            ? [new Field(CountField, $"How many clients: type {Count}", ExpectedCount, Problems) { IsRequired = true }]
            : Array.Empty<Field>(),
        new Field("reason", kind.One.NeedsReason ? "Reason" : "Reason (optional)", Reason, Problems)
        {
            Hint = "For administrators, in the audit log of each client.",
            IsRequired = kind.One.NeedsReason,
        },
        .. kind.One.HasPublicReason
            ? [new Field("public_reason", "Public reason (optional)", ForUsers, Problems) { Hint = "The clients can read it." }]
            : Array.Empty<Field>(),
    ];

    /// <summary>The reason for users; <see langword="null"/> if none is given.</summary>
    protected virtual string? ForUsers => null;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Confirmed is null && Ticked.Count == 0)
        {
            throw Wrong("client", "Tick at least one client.");
        }

        var answer = Confirmed is null ? Page() : await ActAsync(() => RunAsync(cancellationToken));
        await (answer is PageResult ? LoadAsync(cancellationToken) : Task.CompletedTask);
        return answer;
    }

    /// <summary>What is refused as a whole is refused before the first client, and so before the answer begins.</summary>
    private async Task<IActionResult> RunAsync(CancellationToken cancellationToken)
    {
        var selection = SelectionOf();
        var results = batches.RunAsync(kind.Transition, selection, Act(Reason, ForUsers), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        Response.RegisterForDisposeAsync(results);
        var hasFirst = await results.MoveNextAsync();
        return new BatchAnswer(
            new ViewResult
            {
                ViewName = "/Endpoints/Console/Clients/BatchFrame.cshtml",
                ViewData = new ViewDataDictionary<BatchActKind>(MetadataProvider, ModelState) { Model = kind },
            },
            kind,
            selection.ExpectedCount ?? selection.Clients.Count,
            results,
            hasFirst);
    }

    private BatchSelection SelectionOf()
    {
        if (Confirmed is not "true")
        {
            throw Wrong("confirmed", "confirmed must be true, or absent.");
        }

        if (!int.TryParse(ExpectedCount, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            throw Wrong(CountField, $"{CountField} must be the number of clients.");
        }

        if (Ticked.Count > 0 && count != Ticked.Count)
        {
            throw Wrong(CountField, $"{Ticked.Count} clients are ticked, not {count}.");
        }

        var filter = FilterOf();
        return BatchMapping.ToModel(
            Ticked.Select(VersionOf),
            Ticked.Count == 0 ? filter ?? new ClientFilter() : filter,
            Ticked.Count == 0 ? count : null);
    }

    /// <summary><see langword="null"/> if the address has none.</summary>
    private ClientFilter? FilterOf()
    {
        var violations = new Violations();
        var request = FormMessage.Read<ListClientsRequest>(this, BindingSource.Query, violations);
        return violations.Found.Count == 0
            ? request.Filter
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var first = new List<(string, RegisteredClient?)>();
        foreach (var ticked in Ticked.Take(MaxShown).Select(VersionOf))
        {
            var isKnown = ClientId.TryParse(ticked.ClientId, out var id);
            first.Add((ticked.ClientId, isKnown ? await store.FindAsync(id, cancellationToken) : null));
        }

        Count = Ticked.Count;
        if (Ticked.Count == 0)
        {
            await foreach (var client in batches.MatchAsync(ClientFilterMapping.ToModel(FilterOf()), cancellationToken))
            {
                Count++;
                if (first.Count < MaxShown)
                {
                    first.Add((client.Id.ToString(), client));
                }
            }
        }

        First = first;
    }

    private static ClientVersion VersionOf(string ticked) => ticked.LastIndexOf(':') is > 0 and var end
        ? new ClientVersion { ClientId = ticked[..end], Etag = ticked[(end + 1)..] }
        : throw Wrong("client", "Each client must be its client_id, a colon and its etag.");

    private static RegistrationRefusedException Wrong(string field, string problem) =>
        new(new RegistrationFault.InvalidArgument(field, problem));
}
