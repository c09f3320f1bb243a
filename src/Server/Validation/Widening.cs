using System.Diagnostics;
using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Decides by the member table whether an update widens what was approved, and computes the effective metadata until the approval: what a
/// client gives up ends at once, what it adds waits.
/// </summary>
/// <param name="Members">The members that widen; empty if none does.</param>
/// <param name="Effective">The effective metadata: the new document with those members reduced to what was approved.</param>
internal sealed record Widening(IReadOnlyList<string> Members, ClientMetadata Effective)
{
    /// <summary>The members that identify the keys and certificates of a client.</summary>
    private static readonly string[] KeySources =
    [
        CoreMembers.Jwks, CoreMembers.JwksUri, ExtensionMembers.SignedJwksUri,
        .. MetadataMembers.All.Where(member => member.Concerned == ClientsConcerned.CertificateClients).Select(member => member.Name),
    ];

    public static Widening Of(ClientMetadata approved, ClientMetadata next)
    {
        var (members, values) = (new List<string>(), new MemberValues.Builder(next.Values));
        foreach (var member in MetadataMembers.All)
        {
            var kept = Cut(member, approved.Values[member], next.Values[member], approved);
            if (!MemberJson.AreSame(kept, next.Values[member]))
            {
                members.Add(member);
                values.Set(member, kept);
            }
        }

        // A new method that uses keys waits until the keys are approved.
        var method = approved.Values[CoreMembers.TokenEndpointAuthMethod];
        if (members.Any(KeySources.Contains) && !Equals(method, next.TokenEndpointAuthMethod))
        {
            members.Add(CoreMembers.TokenEndpointAuthMethod);
            values.Set(CoreMembers.TokenEndpointAuthMethod, method);
        }

        var localized = CutLocalized(approved, next.Localized, members);
        var extensions = CutExtensions(approved.Extensions, next.Extensions, members);
        return new Widening([.. members.Distinct()], next with { Values = values.Build(), Localized = localized, Extensions = extensions });
    }

    /// <summary>The effective part of the new value; the new value itself if it does not widen.</summary>
    private static object? Cut(MetadataMember member, object? before, object? next, ClientMetadata approved) => member.OnUpdate switch
    {
        OnUpdate.Harmless => next,
        OnUpdate.WidensIfAdded => next is null ? null : OfApproved(member, before, next, approved),
        OnUpdate.WidensIfRemoved => Protects(before) && !Protects(next) ? before : next,
        OnUpdate.WidensIfChanged => MemberJson.AreSame(before, next) ? next : before,
        _ => throw new UnreachableException(),
    };

    /// <summary>The approved parts of a value. A single text that was not approved is replaced by the approved one.</summary>
    private static object? OfApproved(MetadataMember member, object? before, object next, ClientMetadata approved)
    {
        var known = PartsOf(before, member.Parts)
            .Concat(member.Parts == MemberParts.Pages ? approved.Texts(CoreMembers.RedirectUris) : [])
            .Select(part => Compared(part, member.Parts))
            .ToHashSet(IsPlace(member.Parts) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var kept = PartsOf(next, member.Parts).Where(part => known.Contains(Compared(part, member.Parts))).ToArray();
        return next is string[]? kept is { Length: > 0 } ? kept : null
            : member.Parts == MemberParts.Words ? kept.Length > 0 ? string.Join(' ', kept) : null
            : kept.Length > 0 ? next : before;
    }

    private static IEnumerable<string> PartsOf(object? value, MemberParts parts) => value switch
    {
        null => [],
        string[] texts => texts,
        string words when parts == MemberParts.Words => words.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        string text => [text],
        _ => throw new UnreachableException(),
    };

    private static string Compared(string part, MemberParts parts) => IsPlace(parts) ? new RedirectUri(part).Target : part;

    private static bool IsPlace(MemberParts parts) => parts is MemberParts.Targets or MemberParts.Pages;

    /// <summary>Whether a value asks for protection; false and <c>none</c> ask for none.</summary>
    private static bool Protects(object? value) => value is not (null or false or JoseAlgorithms.None);

    /// <summary>A language-tagged member widens if its member would.</summary>
    private static Dictionary<string, string> CutLocalized(
        ClientMetadata approved, IReadOnlyDictionary<string, string> next, List<string> members)
    {
        var cut = new Dictionary<string, string>(next, StringComparer.Ordinal);
        foreach (var name in approved.Localized.Keys.Union(next.Keys))
        {
            var member = MetadataMembers.FindTranslated(name) ?? CoreMembers.ClientName;
            var (before, after) = (approved.Localized.GetValueOrDefault(name), next.GetValueOrDefault(name));
            if (Cut(member, before, after, approved) is var kept && !Equals(kept, after))
            {
                members.Add(member);
                Set(cut, name, kept as string);
            }
        }

        return cut;
    }

    /// <summary>The meaning of members that the deployment names is unknown, so every change of them widens.</summary>
    private static Dictionary<string, JsonElement> CutExtensions(
        IReadOnlyDictionary<string, JsonElement> approved, IReadOnlyDictionary<string, JsonElement> next, List<string> members)
    {
        var cut = new Dictionary<string, JsonElement>(next, StringComparer.Ordinal);
        foreach (var name in approved.Keys.Union(next.Keys))
        {
            var (before, after) = (Find(approved, name), Find(next, name));
            if (!MemberJson.AreSame(before, after))
            {
                members.Add(name);
                Set(cut, name, before);
            }
        }

        return cut;
    }

    private static object? Find(IReadOnlyDictionary<string, JsonElement> extensions, string name) =>
        extensions.TryGetValue(name, out var value) ? value : null;

    private static void Set<T>(Dictionary<string, T> document, string name, object? value)
    {
        if (value is T kept)
        {
            document[name] = kept;
        }
        else
        {
            document.Remove(name);
        }
    }
}
