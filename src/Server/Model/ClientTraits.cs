using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Model;

/// <summary>What of a client administrators search for, from its effective metadata and from its pending update.</summary>
internal static class ClientTraits
{
    /// <summary>How the user's own machine is named, in any of its spellings.</summary>
    public const string Loopback = "localhost";

    public static IEnumerable<ClientMetadata> DocumentsOf(RegisteredClient client) =>
        client.PendingUpdate is { } pending ? [client.Metadata, pending.Metadata] : [client.Metadata];

    /// <summary>The targets of the redirect URIs, in lower case; <see cref="Loopback"/> for all of loopback.</summary>
    public static IEnumerable<string> RedirectHostsOf(RegisteredClient client) =>
        DocumentsOf(client).SelectMany(document => document.RedirectUris).Select(uri => RedirectHostOf(uri.Target)).Distinct();

    /// <summary>The form of a target that is compared.</summary>
    public static string RedirectHostOf(string target) => HostSyntax.IsLoopback(target) ? Loopback : target.ToLowerInvariant();

    /// <summary>The <c>client_name</c> in every language.</summary>
    public static IEnumerable<string> NamesOf(RegisteredClient client)
    {
        foreach (var document in DocumentsOf(client))
        {
            if (document.ClientName is { } name)
            {
                yield return name;
            }

            foreach (var (member, translated) in document.Localized)
            {
                if (MetadataMembers.FindTranslated(member) == CoreMembers.ClientName)
                {
                    yield return translated;
                }
            }
        }
    }
}
