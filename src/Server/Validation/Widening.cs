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

    /// <param name="approved">The effective metadata of an approved client.</param>
    /// <param name="next">The new document.</param>
    /// <param name="terms">What the policy says; <see langword="null"/> for its defaults.</param>
    public static Widening Of(ClientMetadata approved, ClientMetadata next, WideningTerms? terms = null)
    {
        var (members, values) = (new List<string>(), new MemberValues.Builder(next.Values));
        foreach (var member in MetadataMembers.All)
        {
            var (before, after) = (approved.Values[member], next.Values[member]);
            var kept = Cut(member, before, after, approved, terms ?? WideningTerms.Default);
            if (!MemberJson.AreSame(kept, after))
            {
                members.Add(member);
                values.Set(member, terms is { KeepsRedirects: true } && member.Parts == MemberParts.Targets ? Joined(before, kept) : kept);
            }
        }

        // A new method or algorithm may use the new keys, so it waits until they are approved.
        if (members.Any(KeySources.Contains))
        {
            foreach (var member in MetadataMembers.All.Where(member => member.OnUpdate == OnUpdate.WidensIfWeaker))
            {
                Keep(member, approved.Values[member], next.Values[member], members, values);
            }
        }

        var localized = CutLocalized(approved, next.Localized, members);
        var extensions = CutExtensions(approved.Extensions, next.Extensions, members);
        return new Widening([.. members.Distinct()], next with { Values = values.Build(), Localized = localized, Extensions = extensions });
    }

    private static void Keep(
        MetadataMember member, object? before, object? next, List<string> members, MemberValues.Builder values)
    {
        if (!MemberJson.AreSame(before, next))
        {
            members.Add(member);
            values.Set(member, before);
        }
    }

    /// <summary>The approved URIs and those of the update that are effective.</summary>
    private static object? Joined(object? before, object? kept) =>
        (before, kept) is (string[] approved, null or string[]) ? approved.Union(kept as string[] ?? []).ToArray() : kept;

    /// <summary>The effective part of the new value; the new value itself if it does not widen.</summary>
    private static object? Cut(
        MetadataMember member, object? before, object? next, ClientMetadata approved, WideningTerms terms) => member.OnUpdate switch
        {
            OnUpdate.Harmless => next,
            OnUpdate.WidensIfAdded => next is null ? null : OfApproved(member, before, next, approved, terms),
            OnUpdate.WidensIfRemoved => Protects(before) && !Protects(next) ? before : next,
            OnUpdate.WidensIfChanged => MemberJson.AreSame(before, next) ? next : before,
            OnUpdate.WidensIfWeaker => Strength.IsStronger(member, next as string, before as string) ? next : before,
            OnUpdate.WidensIfGreater => next is long number && (before is not long limit || number <= limit) ? next : before,
            _ => throw new UnreachableException(),
        };

    /// <summary>The approved parts of a value. A single text that was not approved is replaced by the approved one.</summary>
    private static object? OfApproved(
        MetadataMember member, object? before, object next, ClientMetadata approved, WideningTerms terms)
    {
        var known = PartsOf(before, member.Parts)
            .Concat(member.Parts == MemberParts.Pages ? approved.Texts(CoreMembers.RedirectUris) : [])
            .Select(part => Compared(part, member.Parts, terms))
            .ToHashSet(StringComparer.Ordinal);
        var kept = PartsOf(next, member.Parts).Where(part => known.Contains(Compared(part, member.Parts, terms))).ToArray();
        return (next, member.Parts) switch
        {
            (string[], _) => kept.Length > 0 ? kept : null,
            (_, MemberParts.Words) => kept.Length > 0 ? string.Join(' ', kept) : null,
            _ => kept.Length > 0 ? next : before,
        };
    }

    private static IEnumerable<string> PartsOf(object? value, MemberParts parts) => value switch
    {
        null => [],
        string[] texts => texts,
        string words when parts == MemberParts.Words => words.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        string text => [text],
        _ => throw new UnreachableException(),
    };

    private static string Compared(string part, MemberParts parts, WideningTerms terms) => parts switch
    {
        MemberParts.Targets when terms.PathsWiden => new RedirectUri(part).OriginAndPath,
        MemberParts.Targets or MemberParts.Pages => new RedirectUri(part).Origin,
        MemberParts.Entries or MemberParts.Words => part,
        _ => throw new UnreachableException(),
    };

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
            if (Cut(member, before, after, approved, WideningTerms.Default) is var kept && !Equals(kept, after))
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

/// <summary>What a policy says about updates that widen.</summary>
/// <param name="PathsWiden">Whether another path on an approved origin needs approval too.</param>
/// <param name="KeepsRedirects">
/// Whether URIs by origin, such as redirect URIs, that an update replaces stay effective until the new ones are approved.
/// </param>
internal sealed record WideningTerms(bool PathsWiden, bool KeepsRedirects)
{
    public static WideningTerms Default { get; } = new(PathsWiden: false, KeepsRedirects: false);
}
