using System.Text.Json;

namespace GrpcDcr.Server.Syntax;

/// <summary>
/// Checks that every reader of the registration can read a JSON value (RFC 8259 sections 4, 6 and 9). Values of a request are already
/// checked; those of a software statement are not.
/// </summary>
internal static class JsonShape
{
    /// <summary>The maximum nesting of a value: a document may have 16 levels, including the document itself.</summary>
    private const int MostLevels = 15;

    /// <param name="value">A value whose strings passed <see cref="JsonText"/>.</param>
    /// <returns>What is wrong, worded to follow the name of the value, or <see langword="null"/>.</returns>
    internal static string? Fault(JsonElement value) => Fault(value, MostLevels);

    private static string? Fault(JsonElement value, int levels) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDouble(out var number) && double.IsFinite(number)
            ? null
            : "has a number that is too large (RFC 7493 section 2.2)",
        JsonValueKind.Object or JsonValueKind.Array when levels == 0 => "has too many levels; at most 15 are allowed",
        JsonValueKind.Object => value.EnumerateObject()
            .Select(member => MemberFault(member, levels))
            .FirstOrDefault(fault => fault is not null),
        JsonValueKind.Array => value.EnumerateArray().Select(item => Fault(item, levels - 1)).FirstOrDefault(fault => fault is not null),
        _ => null,
    };

    private static string? MemberFault(JsonProperty member, int levels) =>
        member.Name.Length == 0 ? "has a member without a name; none is allowed" : Fault(member.Value, levels - 1);
}
