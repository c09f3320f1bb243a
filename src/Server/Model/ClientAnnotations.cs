using System.Collections.Immutable;

namespace GrpcDcr.Server.Model;

/// <summary>Words of administrators about a client, by key. They are no metadata: the client can neither see nor change them.</summary>
internal static class ClientAnnotations
{
    public static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> pairs) => None.SetItems(pairs);

    public static bool AreSame(ImmutableSortedDictionary<string, string> one, ImmutableSortedDictionary<string, string> other) =>
        ReferenceEquals(one, other) || one.SequenceEqual(other);
}
