using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Edits the annotations of a client: a row each, and some empty ones.</summary>
[StandsFor("ClientAdministration/UpdateClientAnnotations")]
internal sealed class AnnotateModel(ClientReviews reviews, ClientLifecycle lifecycle) : ReasonedAct(ClientActs.Annotate, reviews)
{
    private const int EmptyRows = 3;

    [FromForm(Name = "key")]
    public IReadOnlyList<string?> Keys { get; set; } = [];

    [FromForm(Name = "value")]
    public IReadOnlyList<string?> Values { get; set; } = [];

    /// <summary>Keys of annotations to remove.</summary>
    [FromForm(Name = "remove")]
    public IReadOnlyList<string> Remove { get; set; } = [];

    /// <summary>What the form shows: what was sent, else what the client has.</summary>
    public IReadOnlyList<(string Key, string Value)> Rows =>
    [
        .. Keys.Count > 0 ? Sent : Reviewed.Client.Annotations.Select(pair => (pair.Key, pair.Value)),
        .. Enumerable.Repeat(("", ""), EmptyRows),
    ];

    /// <summary>The problems, as links to the first row.</summary>
    public IReadOnlyList<Violation> LinkedProblems =>
        [.. Problems.Select(problem => problem with { Member = problem.Member.Length > 0 ? "key-1" : "" })];

    private IEnumerable<(string Key, string Value)> Sent => Keys.Zip(Values, (key, value) => (Key: key ?? "", Value: value ?? ""))
        .Where(row => row.Key.Length > 0 || row.Value.Length > 0);

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var change = await ChangeAsync(cancellationToken);
            await lifecycle.AnnotateAsync(ClientId, change, Act(Reason, etag: Tag), cancellationToken);
            return Done("The annotations are changed.");
        },
        cancellationToken);

    /// <summary>Only what differs is set.</summary>
    private async Task<AnnotationChange> ChangeAsync(CancellationToken cancellationToken)
    {
        if (Keys.Count != Values.Count)
        {
            throw Wrong("key", "Each key must have a value.");
        }

        if (Sent.GroupBy(row => row.Key).FirstOrDefault(rows => rows.Count() > 1) is { } repeated)
        {
            throw Wrong("key", $"The key {Excerpt.Of(repeated.Key)} is there more than once.");
        }

        await LoadAsync(cancellationToken);
        var current = Reviewed.Client.Annotations;
        return new AnnotationChange(
            Sent.Where(row => !Remove.Contains(row.Key) && (!current.TryGetValue(row.Key, out var value) || value != row.Value))
                .ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal),
            Remove);
    }

    private static RegistrationRefusedException Wrong(string field, string problem) =>
        new(new RegistrationFault.InvalidArgument(field, problem));
}
