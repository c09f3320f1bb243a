using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Suspends a client, and creates block rules for what it has.</summary>
[StandsFor("ClientAdministration/SuspendClient")]
internal sealed class SuspendModel(ClientReviews reviews, ClientSuspension suspension) : ReasonedAct(ClientActs.Suspend, reviews)
{
    [FromForm(Name = "public_reason")]
    public string? PublicReason { get; set; }

    [FromForm(Name = "block")]
    public IReadOnlyList<string> Block { get; set; } = [];

    public override ActForm Form => base.Form with { PublicReason = PublicReason ?? "", Blocks = Choices };

    private IReadOnlyList<BlockChoice> Choices =>
    [
        .. Reviewed.Traits
            .GroupBy(trait => BlockSubjects.NameOf(trait.Subject), trait => trait.Value)
            .Select(subject => new BlockChoice(subject.Key, [.. subject], Block.Contains(subject.Key))),
    ];

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            await suspension.SuspendAsync(
                ClientId, [.. Block.Select(SubjectOf)], Act(Reason, PublicReason, Tag), cancellationToken);
            return Done(Block.Count > 0 ? "The client is suspended, and its program is blocked." : "The client is suspended.");
        },
        cancellationToken);

    private static BlockSubject SubjectOf(string name) =>
        Enum.GetValues<BlockSubject>().Where(subject => BlockSubjects.NameOf(subject) == name).Cast<BlockSubject?>().FirstOrDefault()
        ?? throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
            "block", $"Each block must be one of {string.Join(", ", BlockSubjects.Names)}."));
}
