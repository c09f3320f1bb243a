using System.Net;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Names;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy.Blocking;

/// <summary>Something of a client that a block rule can look at, and by which clients resemble each other.</summary>
/// <param name="Subject">The kind.</param>
/// <param name="Value">As an administrator reads it, and as a rule for exactly this says it.</param>
/// <param name="Member">The member that has it; empty for the source network.</param>
/// <param name="Inside">The position in the member; empty for the member as a whole.</param>
internal sealed record ClientTrait(BlockSubject Subject, string Value, string Member = "", string Inside = "")
{
    private static readonly MetadataMember[] NamedDocuments =
        [CoreMembers.JwksUri, ExtensionMembers.SignedJwksUri, ExtensionMembers.SectorIdentifierUri];

    /// <summary>
    /// Whether other clients than those of the same party have it too: the user's own machine, which every native app may use.
    /// </summary>
    public bool IsCommon => Subject == BlockSubject.RedirectHost && HostSyntax.IsLoopback(Value);

    /// <param name="metadata">The metadata of the client, which need not be valid.</param>
    /// <param name="sourceAddress">The address that its call comes from; <see langword="null"/> if unknown.</param>
    public static IEnumerable<ClientTrait> Of(ClientMetadata metadata, string? sourceAddress)
    {
        var traits = metadata.RedirectUris.Select(
                (uri, i) => new ClientTrait(BlockSubject.RedirectHost, uri.Target.ToLowerInvariant(), CoreMembers.RedirectUris, $"[{i}]"))
            .Concat(NamesOf(metadata))
            .Concat(DocumentHostsOf(metadata));
        if (metadata.Text(CoreMembers.SoftwareId) is { } software)
        {
            traits = traits.Append(new ClientTrait(BlockSubject.SoftwareId, software, CoreMembers.SoftwareId));
        }

        return IPAddress.TryParse(sourceAddress, out var address)
            ? traits.Append(new ClientTrait(BlockSubject.SourceNetwork, CallerNetwork.Of(address).ToString()))
            : traits;
    }

    /// <summary>The forms of a name that look alike: two names with a common one are the same to a reader.</summary>
    public static IEnumerable<string> LooksOf(string name) =>
        NormalizedName.Readings(name).Select(reading => reading.Letters).Where(letters => letters.Length > 0).Distinct();

    private static IEnumerable<ClientTrait> NamesOf(ClientMetadata metadata)
    {
        if (metadata.ClientName is { } name)
        {
            yield return new ClientTrait(BlockSubject.ClientName, name, CoreMembers.ClientName);
        }

        foreach (var (member, translated) in metadata.Localized)
        {
            if (MetadataMembers.FindTranslated(member) == CoreMembers.ClientName)
            {
                yield return new ClientTrait(BlockSubject.ClientName, translated, member);
            }
        }
    }

    private static IEnumerable<ClientTrait> DocumentHostsOf(ClientMetadata metadata)
    {
        foreach (var member in NamedDocuments)
        {
            if (metadata.Text(member) is { } uri)
            {
                yield return new ClientTrait(BlockSubject.DocumentHost, HostOf(uri), member);
            }
        }

        foreach (var (uri, i) in metadata.Texts(ExtensionMembers.RequestUris).Select((uri, i) => (uri, i)))
        {
            yield return new ClientTrait(BlockSubject.DocumentHost, HostOf(uri), ExtensionMembers.RequestUris, $"[{i}]");
        }
    }

    private static string HostOf(string uri) => UriText.Split(uri).Host.ToString().ToLowerInvariant();
}
