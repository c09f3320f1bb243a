using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>The page of an act: GET asks for reasons and shows the client, POST acts.</summary>
internal abstract class ClientAct(ClientActKind kind, ClientReviews reviews) : ConsolePage
{
    public ClientActKind Kind => kind;

    [FromRoute(Name = "client_id")]
    public string ClientId { get; set; } = "";

    /// <summary>The client as it is now.</summary>
    public ReviewedClient Reviewed { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    /// <summary>The form of the act.</summary>
    public virtual ActForm Form => new(kind, Reviewed) { Problems = Problems };

    protected async Task LoadAsync(CancellationToken cancellationToken)
    {
        Reviewed = await reviews.OfAsync(ClientId, cancellationToken);

        // A partial view could not set it.
        ViewData["Title"] = $"{kind.Title}: {Reviewed.Name}";
    }

    /// <summary>Acts. If that is refused, the form is shown again, with the client as it is now.</summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act, CancellationToken cancellationToken)
    {
        var answer = await ActAsync(act);
        await (Problems.Count > 0 ? LoadAsync(cancellationToken) : Task.CompletedTask);
        return answer;
    }

    /// <summary>Back to the client.</summary>
    protected IActionResult Done(string notice) => SeeOther($"/console/clients/{Uri.EscapeDataString(ClientId)}", notice);
}

/// <summary>An act with a reason, on the version that was reviewed.</summary>
internal abstract class ReasonedAct(ClientActKind kind, ClientReviews reviews) : ClientAct(kind, reviews)
{
    [FromForm(Name = "etag")]
    public string? Tag { get; set; }

    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    public override ActForm Form => base.Form with { Reason = Reason ?? "" };
}

/// <summary>What the form of an act shows.</summary>
/// <param name="Kind">The act.</param>
/// <param name="Client">The client.</param>
internal sealed record ActForm(ClientActKind Kind, ReviewedClient Client)
{
    private static readonly string[] Fields = ["reason", "public_reason", "block"];

    public string Reason { get; init; } = "";

    public string PublicReason { get; init; } = "";

    /// <summary>Identifies this form, if the act issues a credential.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>What of the client can be blocked; empty if the act blocks nothing.</summary>
    public IReadOnlyList<BlockChoice> Blocks { get; init; } = [];

    public IReadOnlyList<Violation> Problems { get; init; } = [];

    /// <summary>The problems, as links to their fields.</summary>
    public IReadOnlyList<Violation> LinkedProblems =>
    [
        .. Problems.Select(problem =>
            problem with { Member = Fields.Contains(problem.Member) ? $"{Kind.Segment}-{problem.Member}" : "" }),
    ];

    public bool IsWrong(string field) => Problems.Any(problem => problem.Member == field);
}

/// <summary>Something of a client that can be blocked.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Values">What the client has of it.</param>
/// <param name="IsChosen">Whether the administrator chose it.</param>
internal sealed record BlockChoice(string Name, IReadOnlyList<string> Values, bool IsChosen);
