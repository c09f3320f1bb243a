using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using Microsoft.AspNetCore.Html;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>Block rules for people.</summary>
internal static class BlockTexts
{
    public static IReadOnlyList<(string Value, string Title)> Subjects { get; } =
    [
        (BlockSubjects.NameOf(BlockSubject.RedirectHost), "Redirect host"),
        (BlockSubjects.NameOf(BlockSubject.SoftwareId), "software_id"),
        (BlockSubjects.NameOf(BlockSubject.ClientName), "Client name, in all look-alike spellings"),
        (BlockSubjects.NameOf(BlockSubject.SourceNetwork), "Network of the caller"),
        (BlockSubjects.NameOf(BlockSubject.DocumentHost), "Host of a document that the client names"),
    ];

    public static IReadOnlyList<(string Value, string Title)> Effects { get; } =
    [
        ("", "Default: hold for software_id and client name, refuse for others"),
        (NameOf(BlockEffect.Refuse), "Refuse registrations and updates"),
        (NameOf(BlockEffect.Hold), "Hold for approval"),
    ];

    public static IHtmlContent Of(BlockEffect effect) =>
        effect == BlockEffect.Refuse ? StateBadge.Bad(NameOf(effect)) : StateBadge.Waits(NameOf(effect));

    private static string NameOf(BlockEffect effect) => effect.ToString().ToUpperInvariant();
}
