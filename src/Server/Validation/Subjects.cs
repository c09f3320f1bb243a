using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>The subject identifiers that users have at a client (OpenID Connect Core 1.0 section 8).</summary>
internal static class Subjects
{
    /// <summary>
    /// Whether the identifiers of all users would change: the subject type does, or the sector of pairwise identifiers. The client would
    /// then lose its users, which cannot be undone by another update.
    /// </summary>
    public static bool Change(ClientMetadata before, ClientMetadata after) =>
        !string.Equals(SectorOf(before), SectorOf(after), StringComparison.OrdinalIgnoreCase);

    /// <summary>The sector (section 8.1); <see langword="null"/> if the identifiers are not pairwise.</summary>
    private static string? SectorOf(ClientMetadata client) => client.Text(ExtensionMembers.SubjectType) != SubjectTypes.Pairwise
        ? null
        : HostOf(client.Text(ExtensionMembers.SectorIdentifierUri) ?? RedirectOf(client) ?? client.JwksUri);

    /// <summary>Without <c>sector_identifier_uri</c> all redirect URIs have the same host.</summary>
    private static string? RedirectOf(ClientMetadata client) => client.RedirectUris is [var first, ..] ? first.Text : null;

    private static string HostOf(string? uri) => uri is null ? "" : UriText.Split(uri).Host.ToString();
}
