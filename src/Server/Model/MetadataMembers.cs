using System.Collections.Frozen;
using System.Reflection;

namespace GrpcDcr.Server.Model;

/// <summary>
/// The table of client metadata: the rows of <see cref="CoreMembers"/> and <see cref="ExtensionMembers"/>. JSON, protobuf, the stored form,
/// software statements, required members, defaults, widening, discovery and <c>docs/metadata-members.md</c> follow it.
/// </summary>
internal static class MetadataMembers
{
    /// <summary>All rows by number.</summary>
    public static IReadOnlyList<MetadataMember> All { get; } =
        [.. RowsOf(typeof(CoreMembers)).Concat(RowsOf(typeof(ExtensionMembers))).OrderBy(member => member.Number)];

    /// <summary>The smallest number in <see cref="ExtensionMembers"/>. Those in <see cref="CoreMembers"/> are smaller.</summary>
    public static int FirstExtension { get; } = RowsOf(typeof(ExtensionMembers)).Min(member => member.Number);

    /// <summary>The members that may have a language tag.</summary>
    public static IReadOnlyList<MetadataMember> Localizable { get; } = [.. All.Where(member => member.IsLocalizable)];

    /// <summary>The members with choices (OpenID Connect RP Metadata Choices 1.0).</summary>
    public static IReadOnlyList<MetadataMember> WithChoices { get; } = [.. All.Where(member => member.Choices is not null)];

    private static readonly FrozenDictionary<string, MetadataMember> ByChoices =
        WithChoices.ToFrozenDictionary(member => member.Choices!, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MetadataMember> ByName =
        All.ToFrozenDictionary(member => member.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MetadataMember>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly MetadataMember?[] ByNumber = Numbered();

    /// <summary>The row of a name; <see langword="null"/> when no specification defines the name.</summary>
    public static MetadataMember? Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var member) ? member : null;

    /// <summary>The row of a number; <see langword="null"/> when there is none.</summary>
    public static MetadataMember? Find(int number) => (uint)number < (uint)ByNumber.Length ? ByNumber[number] : null;

    /// <summary>The member that has these choices; <see langword="null"/> for any other name.</summary>
    public static MetadataMember? FindByChoices(string name) => ByChoices.GetValueOrDefault(name);

    /// <summary>
    /// The member of a language-tagged name (RFC 7591 section 2.2); <see langword="null"/> if there is none, in which case the name is
    /// unknown and ignored.
    /// </summary>
    public static MetadataMember? FindTranslated(ReadOnlySpan<char> name) =>
        name.IndexOf('#') is var hash and > 0 && Find(name[..hash]) is { IsLocalizable: true } member ? member : null;

    private static MetadataMember?[] Numbered()
    {
        var rows = new MetadataMember?[All[^1].Number + 1];
        foreach (var member in All)
        {
            rows[member.Number] = member;
        }

        return rows;
    }

    /// <summary>The rows are found by reflection, so that none can be forgotten.</summary>
    private static IEnumerable<MetadataMember> RowsOf(Type table) =>
        table.GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)).OfType<MetadataMember>();
}
