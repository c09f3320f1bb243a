using System.Globalization;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Html;

namespace GrpcDcr.Server.Endpoints.Console.Events;

/// <summary>Audit events for people.</summary>
internal static class EventTexts
{
    /// <summary>The name, and the role if it is not that of a client, whose name says it.</summary>
    public static IHtmlContent ActorOf(Actor actor)
    {
        var role = actor.Role.ToString().ToLowerInvariant();
        return actor.Name.Length == 0
            ? new HtmlContentBuilder().Append(role)
            : new HtmlContentBuilder().AppendHtml(VisibleText.Of(actor.Name)).AppendHtml(" <span class=\"quiet\">(").Append(role)
                .AppendHtml(")</span>");
    }

    /// <summary>How the actor was authenticated; <see langword="null"/> for a caller without a role.</summary>
    public static string? ProofOf(Actor actor) => actor switch
    {
        { Proof: { Method: AuthenticationMethod.Jwt } proof } => $"JWT of {proof.Issuer} for {proof.Subject}",
        { Proof: { Method: AuthenticationMethod.Certificate } proof } => $"Certificate of {proof.Issuer} for {proof.Subject}",
        { Proof: not null } or { Role: ActorRole.Unknown or ActorRole.Client or ActorRole.System } => null,
        _ => "Configured token",
    };

    /// <summary>The detail in a line; <see langword="null"/> if there is none.</summary>
    public static string? SummaryOf(AuditEvent recorded) => recorded.Detail switch
    {
        AuditDetail.RegistrationRefused refused => string.Create(
            CultureInfo.InvariantCulture, $"{refused.Count} × {refused.Reason}{(refused.Member is null ? "" : $" for {refused.Member}")}"),
        AuditDetail.ClientNote note => note.Text,
        AuditDetail.OfBlockRule { Rule: var rule } => $"{rule.Effect.ToString().ToUpperInvariant()} {rule.Value}",
        AuditDetail.OfInitialAccessToken token => token.Label ?? token.Id.ToString(),
        AuditDetail.StorageBackedUp backup => backup.Name,
        AuditDetail.ClientUpdated { AwaitingApproval: true } updated => $"waits for approval: {NamesOf(updated.Members)}",
        AuditDetail.ClientUpdated updated => NamesOf(updated.Members),
        AuditDetail.ClientRegistered registered => $"{registered.State.ToString().ToLowerInvariant()}, admitted by {registered.Admission}",
        _ => null,
    };

    /// <summary>The members that an event has; empty for one of another kind.</summary>
    public static AuditedMembers MembersOf(AuditEvent recorded) => recorded.Detail switch
    {
        AuditDetail.ClientRegistered registered => registered.Members,
        AuditDetail.ClientUpdated updated => updated.Members,
        _ => new AuditedMembers([]),
    };

    private static string NamesOf(AuditedMembers members) => string.Join(", ", members.Members.Select(member => member.Name));
}
