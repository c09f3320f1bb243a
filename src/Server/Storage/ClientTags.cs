using System.Net;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>
/// Tags by which engines find clients: hashes of values that few clients share. A tag says that a client may have a value, not that it has
/// it. There is none for what most clients of a deployment have: a redirect URI on loopback, a registration without a credential. The tags
/// are stored and never change their meaning.
/// </summary>
internal static class ClientTags
{
    /// <summary>Longer networks are found by the tag of the one that they are in: one tag a client is enough then.</summary>
    private const byte IPv4Length = 24;

    /// <inheritdoc cref="IPv4Length"/>
    private const byte IPv6Length = 48;

    private enum Kind
    {
        RedirectHost = 1,
        SoftwareId,
        Owner,
        Admission,
        InitialAccessToken,
        Network,
        Annotation,
    }

    /// <summary>The names of a client as bytes in which a part is found, whatever the case.</summary>
    public static byte[] NameOf(RegisteredClient client) =>
        System.Text.Encoding.UTF8.GetBytes(string.Join('\n', ClientTraits.NamesOf(client)).ToUpperInvariant());

    /// <summary>The part of a name in the form of <see cref="NameOf(RegisteredClient)"/>; <see langword="null"/> for any name.</summary>
    public static byte[]? NameOf(ClientFilter filter) => (filter.NamePrefix ?? filter.NamePart) is { } part
        ? System.Text.Encoding.UTF8.GetBytes(part.ToUpperInvariant())
        : null;

    /// <summary>The tags of a client, each once.</summary>
    public static uint[] Of(RegisteredClient client)
    {
        var tags = new List<uint>(4);
        foreach (var document in ClientTraits.DocumentsOf(client))
        {
            foreach (var uri in document.RedirectUris)
            {
                Add(tags, OfRedirectHost(ClientTraits.RedirectHostOf(uri.Target)));
            }

            Add(tags, Of(Kind.SoftwareId, document.Text(CoreMembers.SoftwareId)));
        }

        Add(tags, Of(Kind.Owner, client.Constraints?.Owner));
        Add(tags, OfAdmission(client.AdmittedBy));
        Add(tags, Of(Kind.InitialAccessToken, client.InitialAccessTokenId?.ToString()));
        foreach (var (key, value) in client.Annotations)
        {
            Add(tags, OfAnnotation(key, value: null));
            Add(tags, OfAnnotation(key, value));
        }

        if (IPAddress.TryParse(client.SourceAddress, out var address))
        {
            Add(tags, OfNetwork(address));
        }

        return [.. tags];
    }

    /// <summary>The tags that a client must have to match, the one that the fewest clients are likely to have first.</summary>
    public static IReadOnlyList<uint> Of(ClientFilter filter)
    {
        var tags = new List<uint>();
        Add(tags, Of(Kind.InitialAccessToken, filter.InitialAccessTokenId?.ToString()));
        Add(tags, Of(Kind.SoftwareId, filter.SoftwareId));
        Add(tags, filter.RedirectHost is { } host ? OfRedirectHost(host) : null);
        Add(tags, filter.SourceNetwork is { } network && network.PrefixLength >= LengthOf(network.BaseAddress)
            ? OfNetwork(network.BaseAddress)
            : null);
        Add(tags, filter.Annotation is { } annotation ? OfAnnotation(annotation.Key, annotation.Value) : null);
        Add(tags, Of(Kind.Owner, filter.Owner));
        Add(tags, filter.AdmittedBy is { } admission ? OfAdmission(admission) : null);
        return tags;
    }

    private static void Add(List<uint> tags, uint? tag)
    {
        if (tag is { } some && !tags.Contains(some))
        {
            tags.Add(some);
        }
    }

    private static uint? OfRedirectHost(string host) => host == ClientTraits.Loopback ? null : Of(Kind.RedirectHost, host);

    private static uint? OfAdmission(string name) => name == AdmissionNames.Open ? null : Of(Kind.Admission, name);

    /// <summary>A key has no equals sign.</summary>
    private static uint? OfAnnotation(string key, string? value) => Of(Kind.Annotation, value is null ? key : $"{key}={value}");

    private static byte LengthOf(IPAddress address) => CallerNetwork.IsOfIPv6(address) ? IPv6Length : IPv4Length;

    private static uint OfNetwork(IPAddress address)
    {
        var network = CallerNetwork.Of(address, LengthOf(address));
        var hash = Start(Kind.Network);
        for (var i = 0; i < 16; i++)
        {
            hash = Next(hash, (byte)(network.Prefix >> (8 * i)));
        }

        return Next(hash, network.IsIPv6 ? 1u : 0u);
    }

    private static uint? Of(Kind kind, string? value)
    {
        if (value is null)
        {
            return null;
        }

        var hash = Start(kind);
        foreach (var character in value)
        {
            hash = Next(hash, character);
        }

        return hash;
    }

    /// <summary>FNV-1a of 32 bits.</summary>
    private static uint Start(Kind kind) => Next(2_166_136_261, (uint)kind);

    private static uint Next(uint hash, uint value) => (hash ^ value) * 16_777_619;
}
