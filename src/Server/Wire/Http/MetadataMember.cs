using System.Text.Json;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>The members that the contract names, and the JSON type of each.</summary>
internal static class MetadataMember
{
    private static readonly Dictionary<string, MemberKind> Kinds = V1.ClientMetadata.Descriptor.Fields.InDeclarationOrder()
        .Where(field => !field.IsMap)
        .ToDictionary(field => field.JsonName, KindOf, StringComparer.Ordinal);

    /// <summary>The type of a member; <see langword="false"/> for one that no specification knows.</summary>
    public static bool TryGetKind(string member, out MemberKind kind) => Kinds.TryGetValue(member, out kind);

    /// <summary>What is wrong with the type of a value, worded to follow its name, or <see langword="null"/>.</summary>
    public static string? Fault(string member, MemberKind kind, JsonElement value) => kind switch
    {
        MemberKind.Texts => ListFault(member, value),
        MemberKind.Object => value.ValueKind == JsonValueKind.Object ? null : "must be a JSON object.",
        MemberKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false.",
        MemberKind.Number => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)
            ? null
            : "must be a whole number, written without fraction and exponent.",
        _ => value.ValueKind == JsonValueKind.String ? null : "must be a string.",
    };

    private static string? ListFault(string member, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return "must be an array of strings.";
        }

        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return "must be an array of strings.";
            }
        }

        // Elsewhere an empty list says no more than its absence; a client that names no grant can do nothing (RFC 7591 section 2).
        return member == MemberNames.GrantTypes && value.GetArrayLength() == 0 ? "must name at least one grant, or be left out." : null;
    }

    private static MemberKind KindOf(FieldDescriptor field) => field switch
    {
        { IsRepeated: true } => MemberKind.Texts,
        { FieldType: FieldType.Message } => MemberKind.Object,
        { FieldType: FieldType.Bool } => MemberKind.Flag,
        { FieldType: FieldType.Int64 } => MemberKind.Number,
        _ => MemberKind.Text,
    };
}
